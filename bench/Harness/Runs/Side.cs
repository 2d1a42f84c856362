using Loa.Bench.Load;
using Loa.Bench.Peers;

namespace Loa.Bench.Runs;

/// <summary>One of the servers compared: its process, and the process that holds the crowd on it.</summary>
public sealed class Side : IAsyncDisposable
{
    readonly IAsyncDisposable server;

    Side(string name, int process, IAsyncDisposable server, Child load, Child? own) =>
        (Name, Process, this.server, Load, Own) = (name, process, server, load, own);

    public string Name { get; }

    /// <summary>The server's process.</summary>
    public int Process { get; }

    public Child Load { get; }

    /// <summary>Ours takes orders; a peer does not.</summary>
    public Child? Own { get; }

    public static Task<Side> Ours(int clients) => Ours(clients, tls: false);

    public static Task<Side> OursByTls(int clients) => Ours(clients, tls: true);

    static async Task<Side> Ours(int clients, bool tls)
    {
        var (child, port) = await OwnServer.Start(tls);
        await child.Ask($"names {clients}");
        return new Side("loa", child.Id, child, LoadSide.Start("loa", port, clients, tls), child);
    }

    public static async Task<Side> Mosquitto(int clients)
    {
        var peer = await Peer.Mosquitto();
        return new Side("mosquitto", peer.Id, peer, LoadSide.Start("mosquitto", peer.Port, clients), null);
    }

    public static async Task<Side> Nats(int clients)
    {
        var peer = await Peer.Nats();
        return new Side("nats", peer.Id, peer, LoadSide.Start("nats", peer.Port, clients), null);
    }

    /// <summary>Ours first, then the peers, each with its crowd connected.</summary>
    public static async Task<Side[]> All(int clients)
    {
        await Peer.NeedBoth();
        Side[] sides = [await Ours(clients), await Nats(clients), await Mosquitto(clients)];
        foreach (var side in sides)
            Console.WriteLine($"{side.Name}: {clients} connected in {await side.Load.Ask($"connect 0 {clients}")} ms");
        Console.WriteLine();
        return sides;
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await server.DisposeAsync();
    }
}
