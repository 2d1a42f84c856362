using System.Net;
using System.Runtime.InteropServices;

namespace Loa.Mqtt.Server.Admission;

/// <summary>
/// Those who have knocked and not proved yet who they are, in the order in which they came. When it is full, the one who
/// has waited longest for nothing but himself goes first: ten thousand silent strangers cannot keep one speaker out.
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
    /// Lets somebody wait, if need be in another's place, who is named to be shown out; false when all who wait, wait for
    /// us.
    /// </summary>
    public bool TryEnter(Connection newcomer, bool houseIsFull, out Connection? shownOut)
    {
        shownOut = null;
        var address = Origin.Of(newcomer.RemoteEndPoint);
        lock (gate)
        {
            var crowded = addresses.GetValueOrDefault(address) >= placesPerAddress;
            if (crowded || houseIsFull || waiting.Count >= places)
            {
                shownOut = Silent(crowded ? address : null);
                if (shownOut is null)
                    return false;
                Remove(shownOut);
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
