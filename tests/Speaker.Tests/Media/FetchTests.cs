using Loa.Air;
using Loa.Speaker.InABox;
using Loa.Speaker.Schedule;
using Microsoft.AspNetCore.Http;

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
    public async Task A_download_goes_on_where_it_broke_after_the_speaker_was_killed()
    {
        await using var province = await Province.Start();
        var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(2);
        var release = province.Release(sound).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);
        var part = Path.Combine(process.Data, "media", $"{sound.Digest}.part");
        province.Desk.Break = (2000, Killed);
        async Task Killed()
        {
            await SpeakerProcess.Grows(part, 2000);
            await process.Kill();
        }
        province.Order(speaker, [item], [release]);
        await process.Exit();
        await process.DisposeAsync();

        await using var again = SpeakerProcess.Start(province);
        await speaker.Played(item);

        Assert.Equal(["", "bytes=2000-"], province.Desk.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(416)]
    [InlineData(503)]
    public async Task A_server_that_does_not_go_on_is_asked_until_it_helps(int status)
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(1);
        var release = province.Release(sound).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);
        var part = Path.Combine(process.Data, "media", $"{sound.Digest}.part");
        province.Desk.Break = (1000, () => SpeakerProcess.Grows(part, 1000));
        var asked = 0;
        province.Desk.Mishap = (http, bytes) =>
            http.Request.Headers.Range.Count == 0 || asked++ > 0 ? null
            : status == 200 ? Results.Bytes(bytes)
            : Results.StatusCode(status);

        province.Order(speaker, [item], [release]);
        await speaker.Played(item);

        string[] expected = status switch
        {
            200 => ["", "bytes=1000-"],
            // What it has is of no use to this server: from the beginning.
            416 => ["", "bytes=1000-", ""],
            // It is in trouble; what came before is still good.
            _ => ["", "bytes=1000-", "bytes=1000-"],
        };
        Assert.Equal(expected, province.Desk.Requests);
    }

    [Fact]
    public async Task On_a_slow_line_what_is_due_first_comes_first()
    {
        await using var province = await Province.Start();
        // A bandwidth cap stands for the line.
        await using var process = SpeakerProcess.Start(province, "TEST-1", "--media-bytes-per-second", "32000");
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        var (large, small) = (await Recorded.Make(40, seed: 2), await Recorded.Make(2, seed: 3));
        var later = province.Release(large, AirClass.Priority).Sign(province.OfficerKey);
        var sooner = province.Release(small).Sign(province.OfficerKey);
        var now = TimeProvider.System.GetUtcNow();
        // Just soon enough that none of the two is put off.
        var second = Province.Item(later, AirClass.Priority, now.AddSeconds(14), TimeSpan.FromMinutes(1));
        var first = Province.Item(sooner, AirClass.Ordinary, now.AddSeconds(6), TimeSpan.FromMinutes(1));
        var asked = 0;
        province.Desk.Mishap = (_, _) =>
        {
            if (asked++ == 0)
                province.Order(speaker, [first, second], [later, sooner]);
            return null;
        };

        province.Order(speaker, [second], [later]);

        await speaker.Reaches(second, ItemProgress.Verified);
        var verified = speaker
            .Progress.SelectMany(told => told.Items)
            .Where(step => step.State == ItemProgress.Verified)
            .Select(step => step.Item);
        Assert.Equal([first.Id, second.Id], verified);
        // The large one was begun, left, and gone on with.
        Assert.Equal(3, province.Desk.Requests.Count);
        Assert.StartsWith("bytes=", province.Desk.Requests.Last());
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

    [Fact]
    public async Task A_sound_that_has_no_room_is_missed_for_that_reason_and_the_speaker_lives()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province, "TEST-1", "--media-bytes", "2000");
        var speaker = await province.Speaker();
        var release = province.Release(await Recorded.Make(1)).Sign(province.OfficerKey);
        await speaker.State(state => state.Online);
        var now = TimeProvider.System.GetUtcNow();
        var item = Province.Item(release, AirClass.Ordinary, now, TimeSpan.FromSeconds(2), now: true);

        province.Order(speaker, [item], [release]);

        Assert.Equal(BringSound.NoRoom, (await speaker.Record(item, PlayOutcome.Missed)).Reason);
        Assert.Equal(CommandState.Done, (await province.Obeyed(speaker, Command.SelfTest)).State);
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(60, 6)]
    [InlineData(3600, 449)]
    [InlineData(7 * 86_400, 1800)]
    public void Questions_are_spread_over_the_time_that_is_left(int seconds, int expected)
    {
        var now = TimeProvider.System.GetUtcNow();
        var release = new Release(default, default, "", "", 128 * 1024, default, AirClass.Ordinary, [], now, now);
        var item = new TimetableItem(default, default, "", AirClass.Ordinary, now.AddSeconds(seconds), now.AddDays(8));
        var entry = new RecordedEntry(item, Signed(release), ItemNote.Of(item, now));

        Assert.Equal(expected, (int)RetrySchedule.Spread(entry, now).TotalSeconds);
    }

    static Signed<Release> Signed(Release release) => new(release, null!);
}
