namespace Loa.Mqtt.Packets;

/// <summary>The dialect a client speaks, by the number in its CONNECT.</summary>
public enum ProtocolVersion : byte
{
    V311 = 4,
    V5 = 5,
}
