using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>A client that was let in, and on what terms.</summary>
sealed class Guest
{
    public required Peer Peer { get; init; }
    public required ConnectRequest Request { get; init; }
    public required bool SessionPresent { get; init; }
    public required TimeSpan KeepAlive { get; init; }
    public required TimeSpan SessionExpiry { get; set; }
    public Will? Will { get; set; }
}
