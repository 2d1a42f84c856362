using Loa.Jose;

namespace Loa.Air;

public sealed class SoundGroupTests
{
    static readonly byte[] packets = [1, 2, 3, 4, 5, 6];
    static readonly int[] lengths = [1, 3, 2];

    [Fact]
    public void What_was_written_is_read_in_its_order()
    {
        var message = SoundGroup.Write(Some.Stream.Id, 9_600, packets, lengths, true, SomeKeys.Server);

        Assert.True(SoundGroup.TryRead(message, Some.Stream.Id, SomeKeys.Server.Public, out var group));
        Assert.Equal((9_600, true, 3), (group.Place, group.IsLast, group.Count));
        var read = new List<byte[]>();
        foreach (var packet in group)
            read.Add(packet.ToArray());
        Assert.Equal(
            [
                [1],
                [2, 3, 4],
                [5, 6],
            ],
            read
        );
    }

    [Fact]
    public void No_bytes_are_believed_and_none_break_it()
    {
        var random = new Random(4711);
        var good = SoundGroup.Write(Some.Stream.Id, 9_600, packets, lengths, false, SomeKeys.Server);
        for (var time = 0; time < 2_000; time++)
        {
            var bytes = new byte[random.Next(good.Length + 20)];
            random.NextBytes(bytes);
            // Most would fail at the first byte.
            good.AsSpan(0, Math.Min(bytes.Length, random.Next(40))).CopyTo(bytes);
            Assert.False(SoundGroup.TryRead(bytes, Some.Stream.Id, SomeKeys.Server.Public, out _));
        }
    }

    [Fact]
    public void A_group_that_nobody_would_take_is_not_written()
    {
        Refused(0, [], []);
        Refused(-1, packets, lengths);
        Refused(0, packets, [6, 1]);
        Refused(0, new byte[51], [.. Enumerable.Repeat(1, 51)]);
        Refused(0, new byte[1_276], [1_276]);
        Refused(0, new byte[65_537], [65_537]);

        static void Refused(long place, byte[] sound, int[] each) =>
            Assert.Throws<ArgumentException>(() =>
                SoundGroup.Write(Some.Stream.Id, place, sound, each, false, SomeKeys.Server)
            );
    }
}
