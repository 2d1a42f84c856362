using Loa.Air;
using Loa.Audio;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Playing;

/// <summary>Whatever was set before, an emergency is loud on every horn, and afterwards all is as it was set.</summary>
public sealed class EmergencyTests(ITestOutputHelper output)
{
    const int Rate = OggOpus.SampleRateHz;

    // As the protocol says (§8), not as the code does.
    const double Floor = 0.7;

    static readonly DateTimeOffset noon = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);

    readonly HeldMachine machine = new(noon);
    readonly Owner owner = new(noon);
    readonly PowerCutDisk disk = new(Leaves.Everything);

    [Fact]
    public async Task All_that_could_mute_it_at_once_does_not()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province, "TEST-1", "--horns", "3", "--output", Horns(province));
        var speaker = await province.Speaker();
        await speaker.KnowsTheTime();
        await province.Obeyed(speaker, Command.Volume, new CommandArgs(Level: 0));
        foreach (var horn in new[] { 1, 2, 3 })
            await province.Obeyed(speaker, Command.Volume, new CommandArgs(Level: 0, Horn: horn));
        await province.Obeyed(speaker, Command.Amplifier, new CommandArgs(On: false));
        await province.Obeyed(speaker, Command.Pause, new CommandArgs(Minutes: 60));
        var sound = await Recorded.Make(2);
        var alarm = province.Release(sound, AirClass.Emergency).Sign(province.OfficerKey);
        var urgent = Province.PlayNow(alarm, AirClass.Emergency) with { Volume = 0 };

        province.Order(speaker, [urgent], [alarm]);

        var record = await speaker.Played(urgent);
        Assert.Equal(TimeSpan.Zero, record.Silent);
        var heard = Horn.All(Assert.Single(process.RecordingsOf(urgent)), 3);
        Assert.All(
            heard,
            horn =>
            {
                var share = horn.Power(0, horn.Samples.Length) / new Horn(sound.Source.Samples).Power(0, 2 * Rate);
                output.WriteLine($"{share:f3} of full scale, like it {Likeness(sound, horn):f3}");
                Assert.InRange(share, Floor * 0.97, 1);
                Assert.InRange(Likeness(sound, horn), 0.95, 1);
            }
        );
        var state = await speaker.State(state => state.Playing is null);
        Assert.Equal(0, state.Volume);
        await speaker.Until(() => speaker.Health.LastOrDefault(told => told.Horns is [0, 0, 0]), "the horns as set");
    }

    [Fact]
    public async Task It_is_loud_from_its_first_moments_and_the_set_volumes_are_back_after_its_last_sample()
    {
        var (hut, sound) = await Hut(horns: 2);
        var (bulletin, emergency) = (owner.Approve(sound), owner.Approve(sound, AirClass.Emergency));
        var before = Item(bulletin, 1, AirClass.Ordinary);
        var urgent = Item(emergency, 4, AirClass.Emergency);
        var after = Item(bulletin, 7, AirClass.Ordinary);
        // 12:00 in Việt Nam is a quiet hour.
        hut.Order([before, urgent, after], [bulletin, emergency], [new(0, 100), new(12 * 60, 20)]);
        hut.Volume.Set(50);
        hut.Volume.Set(0, horn: 2);
        var tape = new Tape(hut, machine, channels: 2);

        await tape.Run(TimeSpan.FromSeconds(10));

        var whole = new Horn(sound.Source.Samples);
        foreach (var (item, left, right) in new[] { (before, 0.1, 0), (urgent, Floor, Floor), (after, 0.1, 0) })
        {
            var at = tape.Index(item.Start) + (Rate / 10);
            foreach (var (channel, wanted) in new[] { (0, left), (1, right) })
            {
                var share = new Horn(tape.Horn(channel).Samples).Power(at, Rate) / whole.Power(Rate / 10, Rate);
                output.WriteLine($"{item.Class} on horn {channel + 1}: {share:f3}");
                Assert.InRange(share, wanted * 0.97, (wanted * 1.03) + 0.001);
            }
        }
    }

    [Fact]
    public async Task A_command_that_comes_while_it_sounds_does_not_mute_it_either()
    {
        var (hut, sound) = await Hut(horns: 1);
        var emergency = owner.Approve(sound, AirClass.Emergency);
        hut.Order([Item(emergency, 1, AirClass.Emergency)], [emergency]);
        var tape = new Tape(hut, machine);
        await tape.Run(TimeSpan.FromSeconds(1.5));

        hut.Volume.Set(0);
        hut.Volume.Set(0, horn: 1);
        hut.PlayQueue.SwitchAmplifier(on: false);
        hut.PlayQueue.Pause(TimeSpan.FromHours(1));
        await tape.Run(TimeSpan.FromSeconds(3));

        var heard = new Horn(tape.Horn(0).Samples).Power(2 * Rate, Rate / 2);
        Assert.InRange(heard / new Horn(sound.Source.Samples).Power(Rate, Rate / 2), Floor * 0.97, 1);
        Assert.Equal([true, false], hut.Power);
    }

    [Fact]
    public async Task The_amplifier_has_power_until_its_last_sample_was_heard()
    {
        var (hut, sound) = await Hut(horns: 1);
        var emergency = owner.Approve(sound, AirClass.Emergency);
        var urgent = Item(emergency, 1, AirClass.Emergency);
        hut.Order([urgent], [emergency]);
        hut.PlayQueue.SwitchAmplifier(on: false);
        var mixer = new Mixer(hut.Volume, 1);
        // As a card that has 40 ms still to play.
        var end = TimeSpan.Zero;
        for (var i = 0; i < 500 && hut.Records.Last == 0; i++)
        {
            var at = hut.Clock.GetUtcNow() + Player.Lead;
            hut.Deck.Plan(at);
            await hut.Deck.Prepared;
            hut.Deck.Start(at, Mixer.Frame);
            hut.Deck.Mix(mixer, at);
            machine.Advance(TimeSpan.FromMilliseconds(10));
            hut.Deck.Settle(hut.Clock.GetUtcNow());
            await hut.Deck.Written;
            end = hut.Power[^1] ? hut.Clock.GetUtcNow() - noon : end;
        }

        Assert.InRange(end, urgent.Start + sound.Duration - noon - TimeSpan.FromMilliseconds(11), TimeSpan.MaxValue);
        Assert.Equal([false, true, false], hut.Power);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task What_was_silent_says_so_for_its_whole_length_pauses_and_all(double seconds)
    {
        var (hut, _) = await Hut(horns: 1);
        var sound = await Recorded.Make(seconds, seed: 5);
        hut.Store(sound);
        var release = owner.Approve(sound);
        var item = Item(release, 1, AirClass.Ordinary);
        hut.Order([item], [release]);
        hut.Volume.Set(0);
        var tape = new Tape(hut, machine);

        await tape.Run(TimeSpan.FromSeconds(seconds + 2));

        var record = hut.Of(item);
        Assert.Equal(PlayOutcome.Played, record.Outcome);
        Assert.InRange(record.Silent!.Value, sound.Duration * 0.8, sound.Duration);
    }

    [Fact]
    public async Task What_is_withdrawn_before_its_first_sample_was_never_said_to_play()
    {
        var (hut, sound) = await Hut(horns: 1);
        var release = owner.Approve(sound);
        hut.Order([Item(release, 1, AirClass.Ordinary)], [release]);
        var tape = new Tape(hut, machine);
        await tape.Run(TimeSpan.FromSeconds(0.7));
        Assert.DoesNotContain(Steps(hut), step => step.State == ItemProgress.Playing);

        // Made ready by now, and gone before its moment: there is no play, so there must be no word of one.
        hut.Order([], []);
        await tape.Run(TimeSpan.FromSeconds(2));

        Assert.DoesNotContain(Steps(hut), step => step.State == ItemProgress.Playing);
        Assert.Empty(hut.Written);
        Assert.Equal(0, tape.Samples.Max(sample => Math.Abs((int)sample)));
    }

    [Fact]
    public async Task What_is_withdrawn_after_it_was_said_to_play_always_leaves_a_record()
    {
        var (hut, sound) = await Hut(horns: 1);
        var release = owner.Approve(sound);
        var item = Item(release, 1, AirClass.Ordinary);
        hut.Order([item], [release]);
        var tape = new Tape(hut, machine);
        var withdrawn = false;

        await tape.Run(
            TimeSpan.FromSeconds(3),
            _ =>
            {
                if (withdrawn || Steps(hut).All(step => step.State != ItemProgress.Playing))
                    return;
                withdrawn = true;
                hut.Order([], []);
            }
        );

        Assert.True(withdrawn);
        Assert.Equal("withdrawn", hut.Of(item).Reason);
    }

    static IReadOnlyList<ItemStep> Steps(Hut hut) => hut.ReportQueue.Look().Progress?.Items ?? [];

    static string Horns(Province province) => $"wav-horns:{Path.Combine(province.Folder, "TEST-1", "recordings")}";

    static double Likeness(Recorded sound, Horn horn) =>
        Correlation.Best(sound.Source, new Sound([.. horn.Samples], Rate), TimeSpan.FromMilliseconds(500)).Coefficient;

    async Task<(Hut Hut, Recorded Sound)> Hut(int horns)
    {
        var sound = await Recorded.Make(2);
        var hut = new Hut(owner, machine, disk, horns: horns).KnowingTheTime();
        hut.Store(sound);
        return (hut, sound);
    }

    static TimetableItem Item(string release, int second, AirClass airClass)
    {
        var start = noon.AddSeconds(second);
        return new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(release),
            airClass,
            start,
            start.AddSeconds(20)
        );
    }

    /// <summary>What came out of one horn.</summary>
    sealed record Horn(float[] Samples)
    {
        public static IReadOnlyList<Horn> All(string recording, int horns)
        {
            // After 44 bytes of header the channels are interleaved.
            var pcm = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(
                File.ReadAllBytes(recording).AsSpan(44)
            );
            var all = Enumerable.Range(0, horns).Select(_ => new List<float>()).ToArray();
            for (var i = 0; i < pcm.Length; i++)
                all[i % horns].Add(pcm[i] / 32768f);
            return [.. all.Select(samples => new Horn([.. samples]))];
        }

        // The root of the mean square.
        public double Power(int from, int count) =>
            Math.Sqrt(Samples.AsSpan(from, count).ToArray().Sum(sample => (double)sample * sample) / count);
    }
}
