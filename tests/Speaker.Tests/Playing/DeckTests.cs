using Loa.Air;
using Loa.Audio;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Playing;

/// <summary>What really goes out, sample by sample.</summary>
public sealed class DeckTests(ITestOutputHelper output)
{
    const int Rate = OggOpus.SampleRateHz;

    static readonly DateTimeOffset noon = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);

    readonly HeldMachine machine = new(noon);
    readonly Owner owner = new(noon);
    readonly PowerCutDisk disk = new(Leaves.Everything);

    [Fact]
    public async Task An_item_begins_at_its_very_sample()
    {
        var (hut, sound) = await Hut();
        var release = owner.Approve(sound);
        // Not on a frame's border.
        var item = Item(release, noon.AddMilliseconds(1234));
        hut.Order([item], [release]);
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(5));

        var match = Correlation.Best(sound.Source, tape.Horn(0), TimeSpan.FromSeconds(3));
        output.WriteLine(
            $"likeness {match.Coefficient:f4}, {match.Lag.TotalMilliseconds - 1234:f3} ms beside its moment"
        );
        Assert.InRange(match.Coefficient, 0.98, 1);
        Assert.InRange(match.Lag.TotalMilliseconds, 1233.9, 1234.1);
        var record = hut.Of(item);
        Assert.Equal((PlayOutcome.Played, TimeSpan.Zero, TimeSpan.Zero), (record.Outcome, record.Late, record.Offset));
        Assert.InRange(
            record.End!.Value - record.Start!.Value,
            sound.Duration,
            sound.Duration + TimeSpan.FromMilliseconds(1)
        );
        Assert.Equal((0, TimeSpan.Zero), (record.Clipped, record.Silent));
    }

    [Fact]
    public async Task A_late_comer_enters_where_the_others_are()
    {
        var (hut, sound) = await Hut();
        var release = owner.Approve(sound);
        var item = Item(release, noon.AddMilliseconds(-777));
        hut.Order([item], [release]);
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(4));

        var record = hut.Of(item);
        var match = Correlation.Best(sound.Source.From(record.Offset!.Value), tape.Horn(0), TimeSpan.FromSeconds(1));
        output.WriteLine(
            $"late {record.Late}, offset {record.Offset}, likeness {match.Coefficient:f4}, lag {match.Lag}"
        );
        Assert.Equal(777, record.Offset.Value.TotalMilliseconds);
        Assert.Equal(record.Late, record.Offset);
        Assert.InRange(match.Coefficient, 0.98, 1);
        Assert.InRange(Math.Abs(match.Lag.TotalMilliseconds), 0, 0.1);
    }

    [Fact]
    public async Task One_after_the_other_without_a_gap()
    {
        var (hut, sound) = await Hut();
        var release = owner.Approve(sound);
        var items = Enumerable
            .Range(0, 3)
            .Select(i => Item(release, noon.AddSeconds(1) + (sound.Duration * i)))
            .ToArray();
        hut.Order(items, [release]);
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(9));

        foreach (var item in items)
        {
            var heard = tape.Between(item.Start, item.Start + sound.Duration);
            var match = Correlation.Best(sound.Source, heard, TimeSpan.FromMilliseconds(20));
            Assert.InRange(match.Coefficient, 0.98, 1);
            Assert.InRange(Math.Abs(match.Lag.TotalMilliseconds), 0, 0.1);
            Assert.Equal(PlayOutcome.Played, hut.Of(item).Outcome);
        }
    }

    [Fact]
    public async Task An_emergency_fades_out_what_sounds_and_what_is_to_go_on_goes_on_where_it_stopped()
    {
        var (hut, sound) = await Hut(4);
        var alarm = await Recorded.Make(1, seed: 7);
        hut.Store(alarm);
        var (bulletin, emergency) = (owner.Approve(sound), owner.Approve(alarm, AirClass.Emergency));
        var ordinary = Item(bulletin, noon.AddSeconds(1)) with { Resume = true, Until = noon.AddMinutes(1) };
        var urgent = Item(emergency, noon.AddMilliseconds(2503), AirClass.Emergency);
        hut.Order([ordinary, urgent], [bulletin, emergency]);
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(9));

        // The 50 ms before the emergency go evenly down to nothing.
        var fade = tape.Between(urgent.Start.AddMilliseconds(-50), urgent.Start).Samples;
        var whole = sound.Source.From(TimeSpan.FromMilliseconds(1453)).Samples;
        var shares = Enumerable
            .Range(0, 5)
            .Select(i => Power(fade, i * 480, 480) / Power(whole, i * 480, 480))
            .ToArray();
        output.WriteLine($"fade {string.Join(' ', shares.Select(share => $"{share:f2}"))}");
        Assert.Equal(shares.OrderDescending(), shares);
        Assert.InRange(shares[0], 0.8, 1);
        Assert.InRange(shares[4], 0, 0.2);
        var match = Correlation.Best(
            alarm.Source,
            tape.Between(urgent.Start, noon.AddSeconds(4)),
            TimeSpan.FromMilliseconds(50)
        );
        Assert.InRange(match.Coefficient, 0.98, 1);
        Assert.InRange(Math.Abs(match.Lag.TotalMilliseconds), 0, 0.1);
        var records = hut.Written.Where(record => record.Item == ordinary.Id).ToArray();
        Assert.Equal(["outranked", null], records.Select(record => record.Reason));
        Assert.Equal(1453, records[1].Offset!.Value.TotalMilliseconds);
        Assert.InRange(
            records[1].Start!.Value - hut.Of(urgent).End!.Value,
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(40)
        );
        var rest = sound.Source.From(records[1].Offset!.Value);
        var again = tape.Between(records[1].Start!.Value, noon.AddSeconds(8));
        Assert.InRange(Correlation.Best(rest, again, TimeSpan.FromMilliseconds(5)).Coefficient, 0.98, 1);
        output.WriteLine($"went on {records[1].Start - hut.Of(urgent).End} after the emergency");
    }

    [Fact]
    public async Task An_emergency_that_nobody_saw_coming_is_heard_within_a_tenth_of_a_second_and_the_rest_is_left_out()
    {
        var (hut, sound) = await Hut(4);
        var alarm = await Recorded.Make(0.5, seed: 7);
        hut.Store(alarm);
        var (bulletin, emergency) = (owner.Approve(sound), owner.Approve(alarm, AirClass.Emergency));
        var ordinary = Item(bulletin, noon.AddSeconds(1));
        hut.Order([ordinary], [bulletin]);
        var tape = new Tape(hut, machine);
        await tape.Run(TimeSpan.FromSeconds(2));

        var ordered = hut.Clock.GetUtcNow();
        var urgent = Item(emergency, ordered, AirClass.Emergency) with { Now = true, Until = ordered.AddMinutes(5) };
        hut.Order([ordinary, urgent], [bulletin, emergency]);
        await tape.Run(TimeSpan.FromSeconds(5));

        var took = hut.Of(urgent).Start!.Value - ordered;
        output.WriteLine(
            $"first sample {took.TotalMilliseconds} ms after the order, {Player.Lead.TotalMilliseconds} more in the card"
        );
        Assert.InRange(took + Player.Lead, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        Assert.Equal("outranked", hut.Of(ordinary).Reason);
        Assert.Empty(hut.PlayQueue.Open);
    }

    [Fact]
    public async Task The_hour_the_item_and_each_horn_say_how_loud_it_is()
    {
        var (hut, sound) = await Hut(1, horns: 2);
        var release = owner.Approve(sound);
        // 12:00 in Việt Nam.
        HourVolume[] hours = [new(0, 0), new(12 * 60, 50), new((12 * 60) + 1, 10)];
        var items = new[] { 1, 3, 61 }.Select(second => Item(release, noon.AddSeconds(second))).ToArray();
        items[1] = items[1] with { Volume = 80 };
        hut.Order(items, [release], hours);
        hut.Volume.Set(60);
        hut.Volume.Set(50, horn: 2);
        var tape = new Tape(hut, machine, channels: 2);

        await tape.Run(TimeSpan.FromSeconds(63));

        var (left, right) = (tape.Horn(0), tape.Horn(1));
        double[] wanted = [0.3, 0.8, 0.06];
        for (var i = 0; i < items.Length; i++)
        {
            var at = tape.Index(items[i].Start);
            var share = Power(left.Samples, at, Rate) / Power(sound.Source.Samples, 0, Rate);
            Assert.InRange(share, wanted[i] * 0.95, wanted[i] * 1.05);
            Assert.InRange(Power(right.Samples, at, Rate) / Power(left.Samples, at, Rate), 0.49, 0.51);
        }
    }

    [Fact]
    public async Task Without_power_for_the_amplifier_only_an_emergency_is_heard()
    {
        var (hut, sound) = await Hut(1);
        var (bulletin, emergency) = (owner.Approve(sound), owner.Approve(sound, AirClass.Emergency));
        var ordinary = Item(bulletin, noon.AddSeconds(1));
        var urgent = Item(emergency, noon.AddSeconds(3), AirClass.Emergency);
        hut.Order([ordinary, urgent], [bulletin, emergency]);
        hut.PlayQueue.SwitchAmplifier(on: false);
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(6));

        Assert.Equal((PlayOutcome.Missed, "amplifier"), (hut.Of(ordinary).Outcome!.Value, hut.Of(ordinary).Reason));
        Assert.Equal(PlayOutcome.Played, hut.Of(urgent).Outcome);
        Assert.Equal(0, Power(tape.Between(noon, noon.AddSeconds(3)).Samples, 0, 3 * Rate));
        Assert.Equal([false, true, false], hut.Power);
    }

    [Fact]
    public async Task Silence_and_clipping_are_found_in_what_really_goes_out()
    {
        var (hut, sound) = await Hut(5);
        var loud = await Recorded.Make(1, seed: 3, gain: 6);
        hut.Store(loud);
        var (release, shouting) = (owner.Approve(sound), owner.Approve(loud));
        var (silent, clipped) = (Item(release, noon.AddSeconds(1)), Item(shouting, noon.AddSeconds(8)));
        hut.Order([silent, clipped], [release, shouting]);
        hut.Volume.Set(0);
        var tape = new Tape(hut, machine);
        await tape.Run(TimeSpan.FromSeconds(7));
        Assert.Equal(SoundState.Silent, hut.Deck.Sound);
        hut.Volume.Set(100);
        await tape.Run(TimeSpan.FromSeconds(3));

        output.WriteLine($"silent {hut.Of(silent).Silent}, clipped {hut.Of(clipped).Clipped}");
        Assert.InRange(hut.Of(silent).Silent!.Value.TotalSeconds, 3, 5);
        Assert.InRange(hut.Of(clipped).Clipped!.Value, 50, Rate);
        Assert.Equal(TimeSpan.Zero, hut.Of(clipped).Silent);
        Assert.Equal(SoundState.Clipping, hut.Deck.Sound);
    }

    [Fact]
    public async Task What_sounds_makes_no_garbage()
    {
        var (hut, sound) = await Hut(30);
        var release = owner.Approve(sound);
        hut.Order([Item(release, noon) with { Until = noon.AddMinutes(1) }], [release]);
        var mixer = new Mixer(hut.Volume, 2);
        var clean = 0;
        for (var i = 0; i < 2800; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var at = hut.Clock.GetUtcNow();
            hut.Deck.Plan(at);
            hut.Deck.Start(at, Mixer.Frame);
            hut.Deck.Mix(mixer, at);
            machine.Advance(TimeSpan.FromMilliseconds(10));
            hut.Deck.Settle(hut.Clock.GetUtcNow());
            // The first seconds are where the item begins, and where the compiler is still at work.
            if (i >= 1000 && GC.GetAllocatedBytesForCurrentThread() == before)
                clean++;
        }

        output.WriteLine($"{clean} of 1800 frames made none");
        // Once in a while it looks what comes next.
        Assert.InRange(clean, 1790, 1800);
        Assert.NotNull(hut.PlayQueue.Playing);
    }

    async Task<(Hut Hut, Recorded Sound)> Hut(double seconds = 2, int horns = 1)
    {
        var sound = await Recorded.Make(seconds);
        var hut = new Hut(owner, machine, disk, horns: horns).KnowingTheTime();
        hut.Store(sound);
        return (hut, sound);
    }

    static TimetableItem Item(string release, DateTimeOffset start, AirClass airClass = AirClass.Ordinary) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Jws.Digest(release), airClass, start, start.AddSeconds(20));

    // The root of the mean square.
    static double Power(float[] samples, int from, int count) =>
        Math.Sqrt(samples.AsSpan(from, count).ToArray().Sum(sample => (double)sample * sample) / count);
}
