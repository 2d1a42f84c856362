using System.Security.Cryptography.X509Certificates;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Client;

/// <summary>Where a client connects, as whom, and what it does with what it hears.</summary>
public sealed record MqttClientOptions
{
    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 1883;

    public TransportKind Transport { get; init; }

    /// <summary>Reaches the server by another transport than the four; null for those.</summary>
    internal Func<CancellationToken, Task<Transport>>? Reach { get; init; }

    /// <summary>Where the server's WebSocket is.</summary>
    public string Path { get; init; } = "/mqtt";

    /// <summary>
    /// Host, port, transport and path in one: <c>mqtt://</c>, <c>mqtts://</c>, <c>ws://</c> or <c>wss://</c>.
    /// </summary>
    public Uri Server
    {
        init
        {
            (Transport, var usualPort) = value.Scheme switch
            {
                "mqtt" => (TransportKind.Tcp, 1883),
                "mqtts" => (TransportKind.Tls, 8883),
                "ws" => (TransportKind.WebSocket, 80),
                "wss" => (TransportKind.SecureWebSocket, 443),
                _ => throw new ArgumentException("An address begins with mqtt, mqtts, ws or wss.", nameof(value)),
            };
            Host = value.IdnHost;
            Port = value.Port > 0 ? value.Port : usualPort;
            Path = value.AbsolutePath is { Length: > 1 } path ? path : Path;
        }
    }

    /// <summary>The only authority that may vouch for the server; those of the system when null.</summary>
    public X509Certificate2? Authority { get; init; }

    /// <summary>Asked at each connection: whoever does not know the time does not look at the dates of a certificate.</summary>
    public Func<bool> KnowsTime { get; init; } = () => true;

    /// <summary>Whose name the server's certificate must bear, when it is not <see cref="Host"/>.</summary>
    public string? ServerName { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Begin anew and forget what the server kept for us.</summary>
    public bool CleanStart { get; init; }

    /// <summary>How long the server keeps filters and messages while we are away.</summary>
    public TimeSpan SessionExpiry { get; init; }

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Left with the server, which tells it when we go without a word.</summary>
    public ClientWill? Will { get; init; }

    public string? UserName { get; init; }

    public byte[]? Password { get; init; }

    public string? AuthenticationMethod { get; init; }

    /// <summary>Answers the server's challenge; needed with <see cref="AuthenticationMethod"/>.</summary>
    public Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>>? Authenticate { get; init; }

    /// <summary>
    /// Called for one message after another. A QoS 1 message is acknowledged when it completes; when it throws, the
    /// connection is closed and the server sends the message again to the next one. Its token is cancelled when the
    /// connection ends.
    /// </summary>
    public Func<ReceivedMessage, CancellationToken, ValueTask> Received { get; init; } =
        (_, _) => ValueTask.CompletedTask;

    /// <summary>How many messages may wait for <see cref="Received"/>; of QoS 0 further ones are dropped.</summary>
    public ushort ReceiveMaximum { get; init; } = 32;

    /// <summary>How many of our QoS 1 and 2 messages may be unacknowledged; further ones wait.</summary>
    public ushort MaximumInFlight { get; init; } = 32;

    /// <summary>How many topics the server may shorten to a number.</summary>
    public ushort TopicAliases { get; init; } = 16;

    public int MaximumPacketSize { get; init; } = 1024 * 1024;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may stay silent after a ping.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After so long without a word from the server it is pinged, however much is sent that it need not answer.</summary>
    public TimeSpan SilenceAllowed { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long what was sent may stay unconfirmed by the other machine until the connection counts as dead (RFC 5482; on Linux).
    /// </summary>
    public TimeSpan UnconfirmedAllowed { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Sends messages whose acknowledgement was lost with a connection again on the next one of the same session. A
    /// caller that keeps them in a store of its own and publishes them again itself turns this off, and with it QoS 2.
    /// </summary>
    public bool ResendUnacknowledged { get; init; } = true;
}

/// <summary>A last message, told by the server.</summary>
public sealed record ClientWill(string Topic, byte[] Payload, Qos Qos = Qos.AtLeastOnce, TimeSpan Delay = default)
{
    public bool Retain { get; init; }

    public MessageProperties Properties { get; init; } = MessageProperties.None;
}

/// <summary>The transports by which a client reaches its server.</summary>
public enum TransportKind
{
    Tcp,
    Tls,
    WebSocket,
    SecureWebSocket,
}
