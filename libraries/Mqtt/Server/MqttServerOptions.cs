using System.Net;

namespace Loa.Mqtt.Server;

/// <summary>The bounds within which a server serves.</summary>
public sealed record MqttServerOptions
{
    /// <summary>Port 0 takes a free one; see <see cref="MqttServer.EndPoint"/>.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Any, 1883);

    public int Backlog { get; init; } = 4096;

    public int MaximumConnections { get; init; } = 15_000;

    public int MaximumSessions { get; init; } = 200_000;

    /// <summary>The largest packet a client may send.</summary>
    public int MaximumPacketSize { get; init; } = 64 * 1024;

    public int MaximumClientIdLength { get; init; } = 128;

    public int MaximumSubscriptions { get; init; } = 32;

    /// <summary>From the first byte of TCP to CONNACK.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A client that asks for more, or for none, is given this.</summary>
    public TimeSpan MaximumKeepAlive { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan MaximumSessionExpiry { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many unacknowledged QoS 1 messages a client may have under way to us.</summary>
    public ushort ReceiveMaximum { get; init; } = 64;

    /// <summary>How many unacknowledged QoS 1 messages we have under way to a client, if it does not ask for fewer.</summary>
    public ushort MaximumInFlight { get; init; } = 32;

    /// <summary>QoS 1 messages kept for one session; further ones are refused to the sender, none is dropped.</summary>
    public int MaximumKeptMessages { get; init; } = 256;

    public int MaximumKeptBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>QoS 0 messages waiting for one connection; beyond it the oldest is dropped.</summary>
    public int MaximumLiveMessages { get; init; } = 64;

    public int MaximumLiveBytes { get; init; } = 256 * 1024;

    /// <summary>A client that takes nothing off its socket for so long is cut.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a closed client may take to hang up.</summary>
    public TimeSpan LingerTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
