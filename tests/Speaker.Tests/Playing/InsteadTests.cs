using Loa.Air;
using Loa.Audio;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Playing;

/// <summary>What is heard when the sound of an item is not here: something approved, else a soft tone, and always a record.</summary>
public sealed class InsteadTests
{
    static readonly DateTimeOffset noon = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);

    readonly HeldMachine machine = new(noon);
    readonly Owner owner = new(noon);
    readonly PowerCutDisk disk = new(Leaves.Everything);

    [Fact]
    public async Task The_first_filler_that_is_here_and_approved_sounds_until_the_item_would_have_ended()
    {
        var (music, forged) = (await Recorded.Make(6), await Recorded.Make(6, seed: 5));
        var hut = new Hut(owner, machine, disk).KnowingTheTime();
        hut.Store(music);
        hut.Store(forged);
        var missing = Missing(TimeSpan.FromSeconds(4));
        var absent = Missing(TimeSpan.FromSeconds(9));
        var unapproved = owner.Release(forged.Bytes.Length, forged.Digest, forged.Duration).Sign(SigningKey.Create());
        var alarming = owner.Approve(forged, AirClass.Emergency);
        var good = owner.Approve(music);
        string[] releases = [missing, absent, unapproved, alarming, good];
        var item = Item(missing, noon.AddSeconds(6));
        hut.Order([item], releases, filler: [.. releases.Skip(1).Select(Jws.Digest)]);
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(13));

        var record = hut.Of(item);
        Assert.Equal(
            (PlayOutcome.Missed, Refusal.MediaUnreachable, Fallback.Filler),
            (record.Outcome, record.Reason, record.Instead)
        );
        Assert.Null(record.Start);
        var heard = tape.Between(item.Start, item.Start.AddSeconds(4));
        var part = music.Source with { Samples = music.Source.Samples[..(4 * 48_000)] };
        Assert.InRange(Correlation.Best(part, heard, TimeSpan.FromMilliseconds(20)).Coefficient, 0.97, 1);
        Assert.Equal(0, Loudest(tape.Between(item.Start.AddMilliseconds(4001), noon.AddSeconds(13))));
    }

    [Fact]
    public async Task Without_a_filler_a_soft_tone_sounds_no_longer_than_three_seconds()
    {
        var hut = new Hut(owner, machine, disk).KnowingTheTime();
        var missing = Missing(TimeSpan.FromSeconds(10));
        var item = Item(missing, noon.AddSeconds(6));
        hut.Order([item], [missing]);
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(18));

        Assert.Equal(Fallback.Tone, hut.Of(item).Instead);
        Assert.InRange(Loudest(tape.Between(item.Start, item.Start.AddSeconds(3))), 0.05, 0.1);
        Assert.Equal(0, Loudest(tape.Between(item.Start.AddSeconds(3), noon.AddSeconds(18))));
    }

    [Fact]
    public async Task A_sound_that_comes_while_something_else_stands_in_for_it_enters_at_its_place()
    {
        var sound = await Recorded.Make(6);
        var hut = new Hut(owner, machine, disk).KnowingTheTime();
        var release = owner.Approve(sound);
        var item = Item(release, noon.AddSeconds(6));
        hut.Order([item], [release]);
        var tape = new Tape(hut, machine);
        await tape.Run(TimeSpan.FromSeconds(7.5));

        hut.Store(sound);
        hut.MarkReady();
        await tape.Run(TimeSpan.FromSeconds(6));

        var record = hut.Of(item);
        Assert.Equal((PlayOutcome.Played, null), (record.Outcome, record.Instead));
        Assert.Equal(record.Late, record.Offset);
        Assert.InRange(record.Offset!.Value.TotalSeconds, 1.5, 1.6);
        var heard = tape.Between(record.Start!.Value, noon.AddSeconds(13));
        Assert.InRange(
            Correlation.Best(sound.Source.From(record.Offset.Value), heard, TimeSpan.FromMilliseconds(20)).Coefficient,
            0.95,
            1
        );
    }

    [Fact]
    public async Task A_sound_that_can_never_be_good_is_refused_and_stood_in_for_at_its_time()
    {
        var hut = new Hut(owner, machine, disk).KnowingTheTime();
        var broken = Missing(TimeSpan.FromSeconds(4));
        var item = Item(broken, noon.AddSeconds(6));
        hut.Order([item], [broken]);
        Assert.True(hut.PlayQueue.Spoil(Assert.Single(hut.PlayQueue.Open), Refusal.MediaFormat));

        await new Tape(hut, machine).Run(TimeSpan.FromSeconds(12));

        var record = hut.Of(item);
        Assert.Equal(
            (PlayOutcome.Refused, Refusal.MediaFormat, Fallback.Tone),
            (record.Outcome, record.Reason, record.Instead)
        );
    }

    string Missing(TimeSpan length) =>
        owner.Release(1000, new string('c', 63) + (length.Seconds % 10), length).Sign(owner.Officer);

    static double Loudest(Sound sound) => sound.Samples.Max(Math.Abs);

    static TimetableItem Item(string release, DateTimeOffset start) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(release),
            AirClass.Ordinary,
            start,
            start.AddSeconds(20)
        );
}
