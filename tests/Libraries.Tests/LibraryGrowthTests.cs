using System.Buffers.Binary;
using System.Text;
using Loa.Audio;
using Loa.Mqtt;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Topics;

namespace Loa;

/// <summary>Readers of packets and of sound, with the bytes that are worst for them.</summary>
public sealed class LibraryGrowthTests
{
    const int Start = 5_000;

    public static TheoryData<string> Readers => [.. readers.Keys];

    static readonly Dictionary<string, Action<int>> readers = new()
    {
        ["a message of user properties"] = n =>
            Published([0, 1, (byte)'a', .. Length(n * 7), .. Many([0x26, 0, 1, (byte)'k', 0, 1, (byte)'v'], n)]),
        ["a message of subscription identifiers"] = n =>
            Published([0, 1, (byte)'a', .. Length(n * 2), .. Many([0x0B, 1], n)]),
        ["a subscription of filters"] = n =>
            SubscribePacket.Read(
                new Frame(0x82, (byte[])[0, 1, 0, .. Many([0, 3, (byte)'+', (byte)'/', (byte)'#', 0], n)]),
                ProtocolVersion.V5,
                out _
            ),
        ["a filter of levels"] = n => TopicFilter.IsValid(string.Concat(Enumerable.Repeat("+/", n))),
        ["a topic of levels"] = n =>
        {
            var index = new SubscriptionIndex<object>();
            foreach (var filter in (string[])["+/+/#", "a/#", "#", "+/+/+/+"])
                index.Add(filter, index);
            index.Find(string.Concat(Enumerable.Repeat("a/", n)), []);
        },
        ["a sound of pages"] = n => Assert.Equal(OggFault.None, OggOpus.TryOpen(Sound(n, [1]), out _)),
        ["a sound of pages without an end"] = n =>
            Assert.Equal(OggFault.Truncated, OggOpus.TryOpen(Sound(n, [1]).AsMemory()[..^1], out _)),
        ["a sound of pieces"] = n =>
            Assert.Equal(OggFault.None, OggOpus.TryOpen(Sound(n / 200, [.. Enumerable.Repeat(1, 200)]), out _)),
        ["a comment of comments"] = n =>
            OpusHead.IsTags([.. "OpusTags"u8, 0, 0, 0, 0, .. Number(n), .. Many([0, 0, 0, 0], n)]),
        ["a comment that promises more than it holds"] = n =>
            OpusHead.IsTags([.. "OpusTags"u8, 0, 0, 0, 0, .. Number(int.MaxValue), .. Many([0, 0, 0, 0], n)]),
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public void What_takes_n_takes_four_n_for_four_n(string reader) =>
        Growth.IsProportional(reader, Start, readers[reader]);

    static void Published(byte[] body) =>
        Assert.Contains(
            PublishPacket.Read(new Frame(0x30, body), ProtocolVersion.V5, out _),
            (ReasonCode[])[ReasonCode.Success, ReasonCode.ProtocolError]
        );

    static IEnumerable<byte> Many(byte[] one, int n) => Enumerable.Repeat(one, n).SelectMany(b => b);

    static IEnumerable<byte> Length(int value)
    {
        for (; value > 127; value >>= 7)
            yield return (byte)(value | 128);
        yield return (byte)value;
    }

    static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    // Each piece is a packet of 20 ms that holds nothing but its first byte.
    static byte[] Sound(int pages, int[] pieces)
    {
        List<byte[]> all =
        [
            Page(0, 2, 0, [.. "OpusHead"u8, 1, 1, 0, 0, .. Number(48_000), 0, 0, 0], [19]),
            Page(1, 0, 0, [.. "OpusTags"u8, 0, 0, 0, 0, 0, 0, 0, 0], [16]),
        ];
        byte[] body = [.. pieces.Select(_ => (byte)0xF8)];
        for (var i = 1; i <= pages; i++)
            all.Add(Page(i + 1, i == pages ? 4 : 0, (long)i * pieces.Length * 960, body, pieces));
        return OggForge.Seal(all);
    }

    static byte[] Page(int number, int flags, long granule, byte[] body, int[] pieces)
    {
        var head = new byte[27];
        Encoding.ASCII.GetBytes("OggS").CopyTo(head, 0);
        head[5] = (byte)flags;
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(6), granule);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(18), number);
        head[26] = (byte)pieces.Length;
        return [.. head, .. pieces.Select(p => (byte)p), .. body];
    }
}
