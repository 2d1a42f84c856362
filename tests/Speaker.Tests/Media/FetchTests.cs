using Loa.Air;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Media;

public sealed class FetchTests
{
    [Fact]
    public async Task A_broken_download_goes_on_where_it_broke()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(2);
        var release = province.Release(sound).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);
        var part = Path.Combine(process.Data, "media", $"{sound.Digest}.part");
        province.Desk.Break = (2000, () => SpeakerProcess.Grows(part, 2000));

        province.Order(speaker, [item], [release]);
        await speaker.Played(item);

        Assert.Equal(["", "bytes=2000-"], province.Desk.Requests);
        Assert.InRange(Heard.Likeness(sound.Source, Assert.Single(process.RecordingsOf(item))), 0.95, 1);
    }

    [Fact]
    public async Task Media_that_nobody_has_are_asked_for_again_and_then_reported_as_missed()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(1);
        var release = province.Release(sound).Sign(province.OfficerKey);
        await speaker.State(state => state.Online);
        var now = TimeProvider.System.GetUtcNow();
        var item = Province.Item(release, AirClass.Ordinary, now, TimeSpan.FromSeconds(8), now: true);
        province.Desk.Media.Clear();

        province.Order(speaker, [item], [release]);

        Assert.Equal(Refusal.MediaUnreachable, (await speaker.Record(item, PlayOutcome.Missed)).Reason);
        Assert.True(province.Desk.Requests.Count > 1);
    }
}
