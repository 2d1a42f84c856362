using FsCheck;
using FsCheck.Fluent;

namespace Loa.Mqtt.Packets;

/// <summary>Bytes that are no packet are refused with a reason; nothing is thrown and nothing is believed.</summary>
public sealed class MalformedTests
{
    [Theory]
    [InlineData("10", nameof(FrameStatus.Incomplete))]
    [InlineData("1080", nameof(FrameStatus.Incomplete))]
    [InlineData("1080808001", nameof(FrameStatus.TooLarge))]
    [InlineData("10FFFFFFFF", nameof(FrameStatus.Malformed))]
    [InlineData("10FFFFFFFF7F", nameof(FrameStatus.Malformed))]
    [InlineData("108000", nameof(FrameStatus.Malformed))]
    [InlineData("C000", nameof(FrameStatus.Complete))]
    [InlineData("30FFFF7F", nameof(FrameStatus.TooLarge))]
    public void A_frame_is_judged_by_its_head(string hex, string expected) =>
        Assert.Equal(expected, Frame.TryRead(Convert.FromHexString(hex), 1000, out _, out _).ToString());

    [Fact]
    public void A_truncated_packet_is_never_complete() =>
        Prop.ForAll(
                Some.Packet.SelectMany(p => Gen.Choose(0, p.Length - 1), (p, cut) => p[..cut]).ToArbitrary(),
                bytes => Frame.TryRead(bytes, int.MaxValue, out _, out _) is FrameStatus.Incomplete
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void No_reader_throws_whatever_the_bytes()
    {
        var mutated =
            from packet in Some.Packet
            from changes in Gen.Choose(0, 100)
                .SelectMany(_ => Gen.Choose(0, 255), (at, to) => (at, to))
                .NonEmptyListOf()
            select Mutate(packet, changes);
        var config = Config.QuickThrowOnFailure.WithMaxTest(3000);
        Prop.ForAll(Gen.OneOf(mutated, Some.Bytes).ToArbitrary(), ReadEveryWay).Check(config);
    }

    static byte[] Mutate(byte[] packet, IEnumerable<(int At, int To)> changes)
    {
        var copy = packet.ToArray();
        foreach (var (at, to) in changes)
            if (at % copy.Length > 1)
                copy[at % copy.Length] = (byte)to;
        return copy;
    }

    static void ReadEveryWay(byte[] bytes)
    {
        Frame.TryRead(bytes, 1000, out _, out _);
        for (var header = 0; header < 256; header++)
        {
            var frame = new Frame((byte)header, bytes.Length > 2 ? bytes.AsMemory(2) : bytes);
            foreach (var version in (ReadOnlySpan<ProtocolVersion>)[ProtocolVersion.V311, ProtocolVersion.V5])
                Read(frame, version);
        }
    }

    static void Read(Frame frame, ProtocolVersion version)
    {
        switch (frame.Type)
        {
            case PacketType.Connect:
                ConnectPacket.Read(frame, out _, out _);
                break;
            case PacketType.Connack:
                ConnackPacket.Read(frame, out _);
                break;
            case PacketType.Publish:
                PublishPacket.Read(frame, version, out _);
                break;
            case PacketType.Puback or PacketType.Pubrec or PacketType.Pubrel or PacketType.Pubcomp:
                AcknowledgementPacket.Read(frame, version, out _);
                break;
            case PacketType.Subscribe:
                SubscribePacket.Read(frame, version, out _);
                break;
            case PacketType.Unsubscribe:
                UnsubscribePacket.Read(frame, version, out _);
                break;
            case PacketType.Suback or PacketType.Unsuback:
                SubackPacket.Read(frame, version, out _);
                break;
            case PacketType.Disconnect or PacketType.Auth:
                ReasonPacket.Read(frame, version, out _);
                break;
        }
    }
}
