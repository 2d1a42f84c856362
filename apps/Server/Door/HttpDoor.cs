using System.Net;
using Loa.Kernel;
using Microsoft.AspNetCore.Connections;

namespace Loa.Server.Door;

/// <summary>
/// All connections of the console. When they are as many as may be, or too many from one network, a stranger who stands there
/// for nothing makes room for the newcomer, from where most such stand; who has signed in, or is being served, keeps his place.
/// </summary>
sealed class HttpDoor(int places, TrustedProxies proxies)
{
    // Taken at random: a crowd is found without counting it, and one honest newcomer among thousands is hardly ever seen.
    const int Sample = 32;

    readonly int placesPerNetwork = Math.Max(places / 2, 1);
    readonly Lock gate = new();
    readonly List<ConsoleConnection> idle = [];
    readonly Dictionary<IPAddress, int> idleIn = [];
    readonly Dictionary<IPAddress, int> present = [];
    int count;

    /// <summary>Serves a connection from its first byte to its last, or hangs up at once when there is no place for it.</summary>
    public async Task Serve(ConnectionContext connection, ConnectionDelegate next)
    {
        var visitor = new ConsoleConnection(connection, Origin(connection.RemoteEndPoint));
        if (!TryEnter(visitor, out var shownOut))
        {
            connection.Abort(new ConnectionAbortedException("The door is full."));
            return;
        }
        shownOut?.ShowOut();
        connection.Items[typeof(ConsoleConnection)] = visitor;
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(visitor);
        }
    }

    /// <summary>A request of his is served from now on.</summary>
    public void Begin(ConsoleConnection visitor)
    {
        lock (gate)
            if (visitor.Serving++ == 0)
                Unlist(visitor);
    }

    /// <summary>It is answered.</summary>
    public void End(ConsoleConnection visitor)
    {
        lock (gate)
            if (--visitor.Serving == 0 && visitor.IsInside && !visitor.IsKnown)
                List(visitor);
    }

    /// <summary>He has signed in.</summary>
    public void Recognise(ConsoleConnection visitor)
    {
        lock (gate)
            visitor.IsKnown = true;
    }

    // A proxy is not one caller: it limits its own.
    IPAddress Origin(EndPoint? remote) =>
        remote is IPEndPoint { Address: var address } && !proxies.Contains(address)
            ? Caller.NetworkOf(address)
            : IPAddress.None;

    bool TryEnter(ConsoleConnection newcomer, out ConsoleConnection? shownOut)
    {
        shownOut = null;
        var network = newcomer.Network;
        lock (gate)
        {
            var crowded = present.GetValueOrDefault(network) >= placesPerNetwork && !network.Equals(IPAddress.None);
            if (crowded || count >= places)
            {
                shownOut = Choose(crowded ? network : null);
                if (shownOut is null)
                    return false;
                Remove(shownOut);
            }
            newcomer.IsInside = true;
            count++;
            present[network] = present.GetValueOrDefault(network) + 1;
            List(newcomer);
            return true;
        }
    }

    void Leave(ConsoleConnection visitor)
    {
        lock (gate)
            Remove(visitor);
    }

    ConsoleConnection? Choose(IPAddress? network)
    {
        ConsoleConnection? chosen = null;
        for (var i = 0; i < Sample && idle.Count > 0; i++)
        {
            var one = idle[Random.Shared.Next(idle.Count)];
            if (network is not null && !network.Equals(one.Network))
                continue;
            if (chosen is null || idleIn[one.Network] > idleIn[chosen.Network])
                chosen = one;
        }
        return chosen;
    }

    void Remove(ConsoleConnection visitor)
    {
        if (!visitor.IsInside)
            return;
        visitor.IsInside = false;
        count--;
        Unlist(visitor);
        Less(present, visitor.Network);
    }

    void List(ConsoleConnection visitor)
    {
        visitor.Place = idle.Count;
        idle.Add(visitor);
        idleIn[visitor.Network] = idleIn.GetValueOrDefault(visitor.Network) + 1;
    }

    void Unlist(ConsoleConnection visitor)
    {
        if (visitor.Place < 0)
            return;
        var last = idle[^1];
        (idle[visitor.Place], last.Place) = (last, visitor.Place);
        idle.RemoveAt(idle.Count - 1);
        visitor.Place = -1;
        Less(idleIn, visitor.Network);
    }

    static void Less(Dictionary<IPAddress, int> counts, IPAddress network)
    {
        if (--counts[network] == 0)
            counts.Remove(network);
    }
}
