using Loa.Air;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Records;

[CollectionDefinition(nameof(KillTests))]
[Collection(nameof(KillTests))]
public sealed class KillTests(ITestOutputHelper output)
{
    const int Kills = 50;
    const int Seed = 20261121;

    [Fact]
    public async Task Killed_fifty_times_at_random_moments_a_speaker_loses_no_record_and_plays_each_item_once()
    {
        await using var province = await Province.Start();
        var random = new Random(Seed);
        var sound = await Recorded.Make(0.4);
        var release = province.Release(sound).Sign(province.OfficerKey);
        var items = new List<TimetableItem>();
        SpeakerMirror? speaker = null;

        for (var kill = 0; kill < Kills; kill++)
        {
            var heard = speaker?.States.Count ?? 0;
            await using var process = SpeakerProcess.Start(province);
            speaker ??= await province.Speaker();
            // A new bulletin each time, while the older ones may still be open.
            items.Add(Province.PlayNow(release));
            province.Order(speaker, items, [release]);
            // Every other time while it starts, else while it plays.
            if (kill % 2 == 1)
                await Online(speaker, heard);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 900)), TimeProvider.System);
            await process.Kill();
        }
        await using var last = SpeakerProcess.Start(province);
        foreach (var item in items)
            await speaker!.Played(item);

        var played = speaker!.Records.Where(record => record.Outcome == PlayOutcome.Played).ToList();
        var interrupted = speaker.Records.Count(record => record.Outcome == PlayOutcome.Interrupted);
        output.WriteLine($"{played.Count} played, {interrupted} interrupted, {speaker.Records.Count} records");
        Assert.Equal(Kills, played.Count);
        Assert.Equal(Kills, played.Select(record => record.Item).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, speaker.Records.Count), speaker.Records.Select(record => (int)record.Seq));
        Assert.Equal(played.Count + interrupted, speaker.Records.Count);
        Assert.Empty(speaker.Faults);
        // Killed between its note and its first sample, a try leaves a record and no recording.
        foreach (var item in items)
        {
            var recordings = last.RecordingsOf(item);
            Assert.InRange(recordings.Count, 1, speaker.Of(item).Count);
            Assert.InRange(Heard.Likeness(sound.Source, recordings[^1]), 0.95, 1);
        }
    }

    static Task<StateMessage> Online(SpeakerMirror speaker, int heard) =>
        speaker.Until(() => speaker.States.Skip(heard).FirstOrDefault(state => state.Online), "its return");

    [Fact]
    public async Task Records_wait_until_they_are_acknowledged()
    {
        await using var province = await Province.Start();
        var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        speaker.HoldAcks = true;
        var release = province.Release(await Recorded.Make(0.3)).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);
        province.Order(speaker, [item], [release]);
        await speaker.Played(item);
        await process.Kill();
        await process.DisposeAsync();

        speaker.Lose();
        speaker.HoldAcks = false;
        await using var again = SpeakerProcess.Start(province);

        await speaker.Played(item);
        Assert.Single(speaker.Of(item));
    }
}
