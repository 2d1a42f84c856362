using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>A client that was admitted, on what terms, and what it can take.</summary>
sealed class ConnectedClient
{
    public required Connection Connection { get; init; }
    public required ClientSession Session { get; init; }
    public required ProtocolVersion Version { get; init; }
    public required int MaximumPacket { get; init; }

    /// <summary>Whether it wants words beside reason codes (MQTT 5.0, 3.1.2.11.7).</summary>
    public bool WantsReasons { get; init; } = true;

    /// <summary>How many of our messages it has under way at once.</summary>
    public required ushort Window { get; init; }

    public required bool SessionPresent { get; init; }
    public required TimeSpan KeepAlive { get; init; }
    public required TimeSpan SessionExpiry { get; set; }
    public Will? Will { get; init; }

    /// <summary>Null when the client cannot be asked to prove itself again.</summary>
    public string? AuthenticationMethod { get; init; }

    /// <summary>Null when the client takes none.</summary>
    public TopicAliases? Aliases { get; init; }
}
