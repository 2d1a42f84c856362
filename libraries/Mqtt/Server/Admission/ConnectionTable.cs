namespace Loa.Mqtt.Server.Admission;

/// <summary>All connections of a server, at one reference each.</summary>
sealed class ConnectionTable
{
    readonly Lock gate = new();
    Connection?[] members = new Connection?[64];
    int count;

    public int Count => Volatile.Read(ref count);

    public void Add(Connection connection)
    {
        lock (gate)
        {
            if (count == members.Length)
                Array.Resize(ref members, count * 2);
            connection.Place = count;
            members[count++] = connection;
        }
    }

    public void Remove(Connection connection)
    {
        lock (gate)
        {
            if (connection.Place < 0)
                return;
            var last = members[--count]!;
            members[count] = null;
            if (last != connection)
                (members[connection.Place], last.Place) = (last, connection.Place);
            connection.Place = -1;
        }
    }

    public Connection[] ToArray()
    {
        lock (gate)
            return members.AsSpan(0, count).ToArray()!;
    }

    /// <summary>Looks after every connection, without a list of them being made each time.</summary>
    public void Sweep(long now)
    {
        // A connection that comes meanwhile is young; one that is moved meanwhile is looked at a second later.
        for (var index = 0; ; index++)
        {
            Connection member;
            lock (gate)
            {
                if (index >= count)
                    return;
                member = members[index]!;
            }
            member.Sweep(now);
        }
    }
}
