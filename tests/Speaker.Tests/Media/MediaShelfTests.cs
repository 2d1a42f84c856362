using System.Security.Cryptography;
using Loa.Air;
using Loa.Speaker.Store;

namespace Loa.Speaker.Media;

public sealed class MediaShelfTests
{
    static readonly DateTimeOffset noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Leaves.Nothing)]
    [InlineData(Leaves.HalfOfIt)]
    [InlineData(Leaves.Everything)]
    [InlineData(Leaves.Garbage)]
    public void After_a_power_cut_at_any_byte_a_sound_is_whole_or_not_there(Leaves leaves)
    {
        var sound = RandomNumberGenerator.GetBytes(64);
        var whole = new PowerCutDisk(leaves);
        Assert.True(Store(whole, sound));

        for (var cut = 0; cut < whole.Steps; cut++)
        {
            var disk = new PowerCutDisk(leaves) { StepsLeft = cut };
            Assert.False(Store(disk, sound));
            var after = disk.Restart();
            var shelf = new MediaShelf(after, 1000);
            if (shelf.Read(Of(sound)) is { } found)
                Assert.Equal(sound, found);
            shelf.DropPart(Of(sound));
            Assert.True(Store(after, sound));
        }
    }

    [Fact]
    public void Bytes_under_a_wrong_name_are_never_played()
    {
        var disk = new PowerCutDisk(Leaves.Everything);
        var sound = RandomNumberGenerator.GetBytes(64);
        using (var file = disk.Open($"media/{Of(sound).Digest}"))
            file.Append(sound.AsSpan(0, 63));

        Assert.Null(new MediaShelf(disk, 1000).Read(Of(sound)));
        Assert.Empty(disk.List("media"));
    }

    [Fact]
    public void Room_is_made_at_the_cost_of_the_least_valuable()
    {
        var disk = new PowerCutDisk(Leaves.Everything);
        var sounds = Enumerable.Range(0, 6).Select(_ => RandomNumberGenerator.GetBytes(100)).ToArray();
        var (unneeded, soon, week, beyond) = (sounds[0], sounds[1], sounds[2], sounds[3]);
        var (filler, newcomer) = (sounds[4], sounds[5]);
        foreach (var sound in sounds.Take(5))
            Store(disk, sound);
        var needs = new Needs(
            noon,
            new Dictionary<string, DateTimeOffset>
            {
                [Of(soon).Digest] = noon.AddHours(1),
                [Of(week).Digest] = noon.AddDays(6),
                [Of(beyond).Digest] = noon.AddDays(8),
                [Of(newcomer).Digest] = noon.AddDays(2),
            },
            new HashSet<string> { Of(filler).Digest }
        );

        Assert.True(new MediaShelf(disk, 500).MakeRoom(Of(newcomer), needs));
        Assert.Equal(Names(soon, week, beyond, filler), Held(disk));
        Assert.True(new MediaShelf(disk, 400).MakeRoom(Of(newcomer), needs));
        Assert.Equal(Names(soon, week, filler), Held(disk));
        Assert.True(new MediaShelf(disk, 300).MakeRoom(Of(newcomer), needs));
        Assert.Equal(Names(soon, week), Held(disk));
        // The week is safe from what can wait, and from filler,
        Assert.False(new MediaShelf(disk, 200).MakeRoom(Of(newcomer), needs));
        Assert.False(new MediaShelf(disk, 200).MakeRoom(Of(filler), needs));
        Assert.Equal(Names(soon, week), Held(disk));
        // but not from what is due within a day, which has no other chance.
        var emergency = new Dictionary<string, DateTimeOffset>(needs.Due) { [Of(newcomer).Digest] = noon };
        Assert.True(new MediaShelf(disk, 200).MakeRoom(Of(newcomer), needs with { Due = emergency }));
        Assert.Equal(Names(soon), Held(disk));
        Assert.NotEmpty(unneeded);
    }

    static IEnumerable<string> Held(PowerCutDisk disk) => disk.List("media").Select(file => file.Name).Order();

    static IEnumerable<string> Names(params byte[][] sounds) => sounds.Select(sound => Of(sound).Digest).Order();

    static bool Store(PowerCutDisk disk, byte[] sound)
    {
        try
        {
            var shelf = new MediaShelf(disk, 1000);
            using (var part = shelf.OpenPart(Of(sound)))
            {
                part.Append(sound.AsSpan((int)part.Length));
                part.Sync();
            }
            return shelf.Finish(Of(sound));
        }
        catch (PowerCutException)
        {
            return false;
        }
    }

    static Release Of(byte[] sound) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "",
            Convert.ToHexStringLower(SHA256.HashData(sound)),
            sound.Length,
            TimeSpan.FromSeconds(1),
            AirClass.Ordinary,
            [],
            noon,
            noon
        );
}
