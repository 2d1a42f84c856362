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

    /// <summary>Takes orders when it is a program of these shows; a program of others does not.</summary>
    public Child? Own { get; }

    public static async Task<Side> Ours(int clients, Wire wire = Wire.Tcp)
    {
        var (child, port) = await OwnServer.Start(wire != Wire.Tcp);
        await child.Ask($"names {clients}");
        return new Side("loa", child.Id, child, LoadSide.Start("loa", port, clients, wire), child);
    }

    public static async Task<Side> Mosquitto(int clients, Wire wire = Wire.Tcp)
    {
        var peer = await Peer.Mosquitto(wire != Wire.Tcp);
        return new Side("mosquitto", peer.Id, peer, LoadSide.Start("mosquitto", peer.Port, clients, wire), null);
    }

    public static async Task<Side> Nats(int clients, Wire wire = Wire.Tcp)
    {
        var peer = await Peer.Nats(wire != Wire.Tcp);
        return new Side("nats", peer.Id, peer, LoadSide.Start("nats", peer.Port, clients, wire), null);
    }

    public static async Task<Side> MqttNet(int clients, Wire wire = Wire.Tcp)
    {
        var (child, port) = await MqttNetServer.Start(wire != Wire.Tcp);
        return new Side("MQTTnet", child.Id, child, LoadSide.Start("MQTTnet", port, clients, wire), child);
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await server.DisposeAsync();
    }
}
