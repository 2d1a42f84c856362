namespace Loa.Mqtt.Packets;

/// <summary>The two packets that only say "still here".</summary>
static class PingPackets
{
    public static readonly byte[] Request = [(byte)PacketType.Pingreq << 4, 0];

    public static readonly byte[] Response = [(byte)PacketType.Pingresp << 4, 0];
}
