using System.Net;
using System.Runtime.InteropServices;

namespace Loa.Mqtt.Server.Admission;

/// <summary>
/// The connections whose clients have not proved yet who they are, the oldest first. When it is full, the one that has been
/// silent longest is closed for the newcomer: ten thousand silent strangers cannot keep one speaker out.
/// </summary>
sealed class PendingConnections(int places, int placesPerAddress)
{
    // A storm of real speakers, all of whom wait for us, must not make each newcomer search through all of them.
    const int Search = 256;

    readonly Lock gate = new();
    readonly LinkedList<Connection> waiting = new();
    readonly Dictionary<IPAddress, int> addresses = [];

    public int Count
    {
        get
        {
            lock (gate)
                return waiting.Count;
        }
    }

    /// <summary>
    /// Takes the newcomer, if need be in the place of another, which is named to be closed; false when all others wait for
    /// the server.
    /// </summary>
    public bool TryEnter(Connection newcomer, bool serverIsFull, out Connection? replaced)
    {
        replaced = null;
        var address = Origin.Of(newcomer.RemoteEndPoint);
        lock (gate)
        {
            var crowded = addresses.GetValueOrDefault(address) >= placesPerAddress;
            if (crowded || serverIsFull || waiting.Count >= places)
            {
                replaced = Silent(crowded ? address : null);
                if (replaced is null)
                    return false;
                Remove(replaced);
            }
            newcomer.Waiting = waiting.AddLast(newcomer);
            addresses[address] = addresses.GetValueOrDefault(address) + 1;
            return true;
        }
    }

    public void Leave(Connection connection)
    {
        lock (gate)
            Remove(connection);
    }

    Connection? Silent(IPAddress? address)
    {
        var searched = 0;
        for (var node = waiting.First; node is not null && searched < Search; node = node.Next, searched++)
            if ((address is null || Origin.Of(node.Value.RemoteEndPoint).Equals(address)) && node.Value.IsSilent)
                return node.Value;
        return null;
    }

    void Remove(Connection connection)
    {
        if (connection.Waiting is not { } node)
            return;
        connection.Waiting = null;
        waiting.Remove(node);
        var address = Origin.Of(connection.RemoteEndPoint);
        if (--CollectionsMarshal.GetValueRefOrNullRef(addresses, address) == 0)
            addresses.Remove(address);
    }
}
