using System.Net;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>What a client says of itself when it connects.</summary>
public sealed class ConnectRequest
{
    public required string ClientId { get; init; }
    public required ProtocolVersion Version { get; init; }
    public EndPoint? RemoteEndPoint { get; init; }
    public string? UserName { get; init; }
    public ReadOnlyMemory<byte> Password { get; internal set; }
    public string? AuthenticationMethod { get; init; }
    public ReadOnlyMemory<byte> AuthenticationData { get; internal set; }

    /// <summary>The largest packet that the client takes; absent when it sets no bound.</summary>
    public uint? MaximumPacketSize { get; init; }

    /// <summary>The client is in already and proves itself anew.</summary>
    public bool Reauthenticating { get; internal set; }

    /// <summary>The host's own: whatever it must remember between the challenge and the answer.</summary>
    public object? State { get; set; }
}
