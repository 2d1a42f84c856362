namespace Loa.Mqtt.Client;

/// <summary>Where a client connects, as whom, and what it does with what it hears.</summary>
public sealed record MqttClientOptions
{
    public required string Host { get; init; }

    public int Port { get; init; } = 1883;

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

    /// <summary>How many of our QoS 1 messages may be unacknowledged; further ones wait.</summary>
    public ushort MaximumInFlight { get; init; } = 32;

    public int MaximumPacketSize { get; init; } = 1024 * 1024;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may stay silent after a ping.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Sends messages whose acknowledgement was lost with a connection again on the next one of the same session. A
    /// caller that keeps them in a store of its own and publishes them again itself turns this off.
    /// </summary>
    public bool ResendUnacknowledged { get; init; } = true;
}

/// <summary>A last message, told by the server.</summary>
public sealed record ClientWill(string Topic, byte[] Payload, Qos Qos = Qos.AtLeastOnce, TimeSpan Delay = default);
