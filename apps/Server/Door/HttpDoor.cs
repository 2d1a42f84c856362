using System.Net;
using Loa.Kernel;
using Microsoft.AspNetCore.Connections;

namespace Loa.Server.Door;

/// <summary>
/// All connections of the console. When they are as many as may be, or too many from one network, the one that has stood
/// there longest for nothing makes room for the newcomer; who has signed in, or is being served, keeps his place.
/// </summary>
sealed class HttpDoor(int places, TrustedProxies proxies)
{
    // Long enough to pass those who are being served; a newcomer must not search through thousands.
    const int Search = 512;

    readonly int placesPerNetwork = Math.Max(places / 2, 1);
    readonly Lock gate = new();
    readonly LinkedList<Visitor> visitors = new();
    readonly Dictionary<IPAddress, int> networks = [];

    public int Count
    {
        get
        {
            lock (gate)
                return visitors.Count;
        }
    }

    /// <summary>Serves a connection from its first byte to its last, or hangs up at once when there is no place for it.</summary>
    public async Task Serve(ConnectionContext connection, ConnectionDelegate next)
    {
        var visitor = new Visitor(connection, Origin(connection.RemoteEndPoint));
        if (!TryEnter(visitor, out var shownOut))
        {
            connection.Abort(new ConnectionAbortedException("The door is full."));
            return;
        }
        shownOut?.ShowOut();
        connection.Items[typeof(Visitor)] = visitor;
        try
        {
            await next(connection);
        }
        finally
        {
            lock (gate)
                Remove(visitor);
        }
    }

    // A proxy is not one caller: it limits its own.
    IPAddress? Origin(EndPoint? remote) =>
        remote is IPEndPoint { Address: var address } && !proxies.Contains(address) ? Caller.NetworkOf(address) : null;

    bool TryEnter(Visitor newcomer, out Visitor? shownOut)
    {
        shownOut = null;
        lock (gate)
        {
            var crowded = newcomer.Network is { } own && networks.GetValueOrDefault(own) >= placesPerNetwork;
            if (crowded || visitors.Count >= places)
            {
                shownOut = Idle(crowded ? newcomer.Network : null);
                if (shownOut is null)
                    return false;
                Remove(shownOut);
            }
            newcomer.Place = visitors.AddLast(newcomer);
            if (newcomer.Network is { } network)
                networks[network] = networks.GetValueOrDefault(network) + 1;
            return true;
        }
    }

    Visitor? Idle(IPAddress? network)
    {
        var node = visitors.First;
        for (var searched = 0; node is not null && searched < Search; searched++)
        {
            var at = node;
            node = node.Next;
            if (!at.Value.IsIdle)
            {
                // Who stays anyhow is not looked at again and again.
                visitors.Remove(at);
                visitors.AddLast(at);
            }
            else if (network is null || network.Equals(at.Value.Network))
                return at.Value;
        }
        return null;
    }

    void Remove(Visitor visitor)
    {
        if (visitor.Place is not { } place)
            return;
        visitor.Place = null;
        visitors.Remove(place);
        if (visitor.Network is { } network && --networks[network] == 0)
            networks.Remove(network);
    }
}
