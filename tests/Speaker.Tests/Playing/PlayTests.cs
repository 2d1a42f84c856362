using Loa.Air;
using Loa.Audio;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Playing;

public sealed class PlayTests(ITestOutputHelper output)
{
    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_bulletin_is_played_at_once_and_the_recording_holds_it()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(2);
        var release = province.Release(sound).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);

        province.Order(speaker, [item], [release]);

        var record = await speaker.Played(item);
        Assert.Equal(sound.Digest, record.Digest);
        // Told in whole milliseconds of a clock that is being set right meanwhile.
        var stamps = TimeSpan.FromMilliseconds(10);
        Assert.InRange(record.End!.Value - record.Start!.Value, sound.Duration - stamps, sound.Duration * 1.25);
        Assert.InRange(Heard.Likeness(sound.Source, Assert.Single(process.RecordingsOf(item))), 0.95, 1);
        // What was passed before it could be told is left out.
        var steps = speaker.Steps(item).Select(step => step.State).ToArray();
        Assert.Equal(steps.Order().Distinct(), steps);
        Assert.Equal(ItemProgress.Playing, steps[^1]);
        Assert.Empty(speaker.Faults);
    }

    [Fact]
    public async Task A_scheduled_item_is_played_at_its_instant_with_the_network_gone()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(1);
        var release = province.Release(sound).Sign(province.OfficerKey);
        await speaker.KnowsTheTime();
        var item = Province.Item(release, AirClass.Ordinary, Now.AddSeconds(4), TimeSpan.FromSeconds(2));

        province.Order(speaker, [item], [release]);
        await speaker.Reaches(item, ItemProgress.Verified);
        await province.Vanish();
        await process.Writes(item, sound);
        await province.Return();

        var record = await speaker.Played(item);
        Assert.Equal(item.Start, record.Planned!.Value);
        output.WriteLine($"late by {record.Late!.Value.TotalMilliseconds} ms");
        Assert.InRange(record.Late.Value.TotalMilliseconds, 0, 200);
        Assert.InRange(Heard.Likeness(sound.Source, Assert.Single(process.RecordingsOf(item))), 0.95, 1);
        Assert.Empty(speaker.Faults);
    }

    [Fact]
    public async Task A_late_joiner_enters_a_scheduled_item_at_the_right_offset()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(8);
        await speaker.State(state => state.Online);
        var release = province.Release(sound).Sign(province.OfficerKey);
        var item = Province.Item(release, AirClass.Ordinary, Now.AddSeconds(-2), TimeSpan.FromSeconds(9));

        province.Order(speaker, [item], [release]);

        var record = await speaker.Played(item);
        Assert.InRange(record.Late!.Value.TotalSeconds, 2, 7);
        var rest = sound.Source.From(record.Late.Value);
        Assert.InRange(Heard.Likeness(rest, Assert.Single(process.RecordingsOf(item))), 0.95, 1);
    }

    [Fact]
    public async Task An_emergency_cuts_in_within_a_tenth_of_a_second_and_the_bulletin_is_then_heard_whole()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var (long_, brief) = (await Recorded.Make(3), await Recorded.Make(1, seed: 2));
        var bulletin = province.Release(long_).Sign(province.OfficerKey);
        var alarm = province.Release(brief, AirClass.Emergency).Sign(province.OfficerKey);
        var ordinary = Province.PlayNow(bulletin);
        var emergency = Province.PlayNow(alarm, AirClass.Emergency);

        province.Order(speaker, [ordinary], [bulletin]);
        await speaker.Reaches(ordinary, ItemProgress.Playing);
        province.Order(speaker, [ordinary, emergency], [bulletin, alarm]);
        await speaker.Played(ordinary);

        var interrupted = await speaker.Record(ordinary, PlayOutcome.Interrupted);
        var alarmed = await speaker.Played(emergency);
        var gap = alarmed.Start!.Value - interrupted.End!.Value;
        output.WriteLine($"cut over in {gap.TotalMilliseconds} ms");
        Assert.Equal("outranked", interrupted.Reason);
        // What gives way fades for 50 ms while the other already sounds.
        Assert.InRange(gap.TotalMilliseconds, -51, 100);
        Assert.Equal([PlayOutcome.Interrupted, PlayOutcome.Played], speaker.Of(ordinary).Select(r => r.Outcome!.Value));
        Assert.InRange(Heard.Likeness(brief.Source, Assert.Single(process.RecordingsOf(emergency))), 0.95, 1);
        Assert.InRange(Heard.Likeness(long_.Source, process.RecordingsOf(ordinary)[1]), 0.95, 1);
    }

    [Fact]
    public async Task What_is_taken_out_of_the_timetable_falls_silent()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var release = province.Release(await Recorded.Make(20)).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);

        province.Order(speaker, [item], [release]);
        await speaker.Reaches(item, ItemProgress.Playing);
        province.Order(speaker, [], []);

        Assert.Equal("withdrawn", (await speaker.Record(item, PlayOutcome.Interrupted)).Reason);
    }

    [Fact]
    public async Task What_came_too_late_to_be_played_is_reported_as_missed()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var release = province.Release(await Recorded.Make(1)).Sign(province.OfficerKey);
        var item = Province.Item(release, AirClass.Ordinary, Now.AddMinutes(-5), TimeSpan.FromSeconds(2));

        province.Order(speaker, [item], [release]);

        Assert.Equal("late", (await speaker.Record(item, PlayOutcome.Missed)).Reason);
        Assert.Empty(process.RecordingsOf(item));
    }
}
