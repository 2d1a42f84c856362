using System.Diagnostics.Metrics;
using System.Net;

namespace Loa.Mqtt.Server;

/// <summary>The bounds within which a server serves.</summary>
public sealed record MqttServerOptions
{
    /// <summary>Plain TCP; none when null. Port 0 takes a free one; see <see cref="MqttServer.EndPoint"/>.</summary>
    public IPEndPoint? Listen { get; init; } = new(IPAddress.Any, 1883);

    /// <summary>TLS beside it, on a port of its own.</summary>
    public TlsListener? Tls { get; init; }

    /// <summary>Makes the meters, so that of several servers in one process each is measured for itself.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    public int Backlog { get; init; } = 4096;

    public int MaximumConnections { get; init; } = 15_000;

    public int MaximumSessions { get; init; } = 200_000;

    /// <summary>The largest packet a client may send.</summary>
    public int MaximumPacketSize { get; init; } = 64 * 1024;

    /// <summary>The largest CONNECT, and the largest packet at all before the client is in.</summary>
    public int MaximumConnectSize { get; init; } = 8 * 1024;

    public int MaximumClientIdLength { get; init; } = 128;

    public int MaximumSubscriptions { get; init; } = 32;

    /// <summary>From the first byte of TCP to CONNACK.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A client that asks for more, or for none, is given this.</summary>
    public TimeSpan MaximumKeepAlive { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan MaximumSessionExpiry { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many unacknowledged QoS 1 and 2 messages a client of MQTT 5 may have under way to us; one of 3.1.1 is not told and only slowed down.</summary>
    public ushort ReceiveMaximum { get; init; } = 64;

    /// <summary>How many unacknowledged messages we have under way to a client, if it does not ask for fewer.</summary>
    public ushort MaximumInFlight { get; init; } = 32;

    /// <summary>QoS 1 and 2 messages kept for one session; further ones are refused to the sender, none is dropped.</summary>
    public int MaximumKeptMessages { get; init; } = 256;

    public int MaximumKeptBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>QoS 0 messages waiting for one connection; beyond it the oldest is dropped.</summary>
    public int MaximumLiveMessages { get; init; } = 64;

    public int MaximumLiveBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// What one client publishes goes to all who subscribed, as MQTT has it. A host that carries messages itself turns
    /// this off and is spared the search.
    /// </summary>
    public bool Relays { get; init; } = true;

    /// <summary>How many topics a client may shorten to a number towards us.</summary>
    public ushort TopicAliases { get; init; } = 16;

    /// <summary>How many topics we shorten towards a client that allows it: the first ones said to it.</summary>
    public ushort TopicAliasesOut { get; init; } = 16;

    /// <summary>What is kept for those who subscribe later; 0 and clients are told that nothing is.</summary>
    public RetainedBounds Retained { get; init; } = new(10_000, 16 * 1024 * 1024, 64 * 1024);

    /// <summary>
    /// Knocks from one address. Behind one carrier's address may stand a province: ten thousand speakers that come back
    /// from a power cut within seconds must pass.
    /// </summary>
    public Rate ConnectionsPerAddress { get; init; } = new(2_000, 20_000);

    /// <summary>Failed proofs from one address.</summary>
    public Rate FailuresPerAddress { get; init; } = new(10, 1_000);

    /// <summary>Failed proofs of one client id from one address.</summary>
    public Rate FailuresPerClient { get; init; } = new(0.1, 10);

    /// <summary>Connections that are not in yet, together. When it is full, the oldest silent one makes room.</summary>
    public int MaximumWaiting { get; init; } = 12_000;

    public int MaximumWaitingPerAddress { get; init; } = 10_500;

    /// <summary>What one client may say; beyond it, its connection is read more slowly.</summary>
    public Rate MessagesPerClient { get; init; } = new(200, 2_000);

    public Rate BytesPerClient { get; init; } = new(256 * 1024, 4 * 1024 * 1024);

    /// <summary>A client that is throttled for so long without a pause is disconnected.</summary>
    public TimeSpan LongestThrottle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How much the kernel takes for a client that does not read (Linux takes double). Left to itself it takes up to 4 MB for each,
    /// and it would be long before anybody noticed that he stalls.
    /// </summary>
    public int SendBuffer { get; init; } = 64 * 1024;

    /// <summary>A client that takes nothing off its socket for so long is cut.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a closed client may take to hang up.</summary>
    public TimeSpan LingerTimeout { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>How much is kept for those who subscribe later.</summary>
public readonly record struct RetainedBounds(int Messages, long Bytes, int LargestMessage);
