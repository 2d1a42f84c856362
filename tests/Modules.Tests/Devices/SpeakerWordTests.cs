using System.Net;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Loa.Devices;

/// <summary>What a speaker says counts for what it was told, and for no more; what nobody can have heard was not heard.</summary>
[Collection(nameof(WaitingDevices))]
public sealed class SpeakerWordTests(DeviceServer server)
{
    static readonly TimeSpan length = TimeSpan.FromSeconds(5);

    static DateTimeOffset Now =>
        DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    IPlays Plays => server.Running.Services.GetRequiredService<IPlays>();

    [Theory]
    [InlineData(4_000, PlayStage.Silent)]
    [InlineData(5_000, PlayStage.Silent)]
    [InlineData(3_900, PlayStage.Heard)]
    public async Task A_play_that_was_silent_is_red_and_never_heard(int silentMs, PlayStage stage)
    {
        await using var speaker = await server.Connected();
        var (broadcast, item) = await OnAir(speaker);

        await Say(speaker, Played(speaker, item) with { Silent = TimeSpan.FromMilliseconds(silentMs) });

        var tally = await Plays.Tally(broadcast, CancellationToken.None);
        Assert.Equal((1, 1, true), (tally.Total, tally.At(stage), tally.IsOver));
        var page = WebUtility.HtmlDecode(await server.Technician.GetStringAsync($"/speakers/{speaker.Id}"));
        Assert.Equal(
            stage == PlayStage.Silent,
            page.Contains(Words.Get("play.stage.Silent"), StringComparison.Ordinal)
        );
        var live = Assert.Single(await Plays.Of(broadcast, tally, 0, 10, CancellationToken.None));
        Assert.Equal(stage == PlayStage.Silent ? PlayReasons.Silent : null, live.Reason);
    }

    [Fact]
    public async Task What_was_counted_as_heard_before_silence_was_asked_about_is_looked_at_again()
    {
        await using var speaker = await server.Connected();
        var (broadcast, item) = await OnAir(speaker);
        await Say(speaker, Played(speaker, item) with { Silent = length });
        var (other, loud) = await OnAir(speaker, atLeast: 3);
        await Say(speaker, Played(speaker, loud));
        await server.Playout(db =>
            db.Plays.Where(p => p.SpeakerId == speaker.Id)
                .ExecuteUpdateAsync(p =>
                    p.SetProperty(x => x.Stage, PlayStage.Heard)
                        .SetProperty(x => x.Reason, (string?)null)
                        .SetProperty(x => x.SilentMs, (int?)null)
                )
        );

        await server.Running.Services.GetRequiredService<WeighOldPlays>().Weigh(CancellationToken.None);

        Assert.Equal(1, (await Plays.Tally(broadcast, CancellationToken.None)).At(PlayStage.Silent));
        Assert.Equal(1, (await Plays.Tally(other, CancellationToken.None)).At(PlayStage.Heard));
        Assert.False(
            await server.Playout(db => db.Plays.AnyAsync(p => p.SpeakerId == speaker.Id && p.SilentMs == null))
        );
    }

    [Fact]
    public async Task Its_word_about_what_it_was_never_told_is_kept_and_makes_no_play()
    {
        await using var near = await server.Connected();
        await using var far = await server.Connected();
        var (broadcast, item) = await OnAir(near);
        var invented = item with { Id = Guid.CreateVersion7() };
        var nowhere = item with { Id = Guid.CreateVersion7(), Broadcast = Guid.CreateVersion7() };
        TimetableItem[] foreign =
        [
            item,
            invented,
            nowhere,
            .. Enumerable.Range(0, 20).Select(_ => invented with { Id = Guid.CreateVersion7() }),
        ];

        foreach (var claimed in foreign)
            await far.SendRecord(
                far.Record(Played(far, claimed) with { End = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero) })
            );
        await far.HearAck(foreign.Length);
        await far.Say(
            AirTopic.OutProgress,
            new ProgressMessage(Now, [.. foreign.Select(i => new ItemStep(i.Id, ItemProgress.Playing))]).ToBytes()
        );
        // Of the one it was told itself it may not say that it was another broadcast.
        await Say(near, Played(near, item with { Broadcast = Guid.CreateVersion7() }));

        Assert.Equal(foreign.Length, await server.Playout(db => db.Records.CountAsync(r => r.SpeakerId == far.Id)));
        Assert.False(
            await server.Playout(db => db.Plays.AnyAsync(p => p.SpeakerId == far.Id && p.BroadcastId == broadcast))
        );
        var tally = await Plays.Tally(broadcast, CancellationToken.None);
        Assert.Equal((1, 0), (tally.Total, tally.At(PlayStage.Heard)));
    }

    [Fact]
    public async Task What_it_was_told_just_before_the_server_was_killed_counts_though_nothing_stored_says_so()
    {
        await using var speaker = await server.Connected();
        var (broadcast, item) = await OnAir(speaker);
        await server.Playout(db => db.Plays.Where(p => p.ItemId == item.Id).ExecuteDeleteAsync());

        var never = new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);
        await Say(speaker, Played(speaker, item) with { End = never });

        var tally = await Plays.Tally(broadcast, CancellationToken.None);
        Assert.Equal((1, 1), (tally.Total, tally.At(PlayStage.Heard)));
        var play = await server.Playout(db => db.Plays.AsNoTracking().SingleAsync(p => p.ItemId == item.Id));
        Assert.Equal(item.Start + length + TimeSpan.FromHours(1), play.OverAt);
        Assert.Null(play.EndedAt);
        Assert.Equal("Thử loa", play.Title);
    }

    [Fact]
    public async Task A_record_from_a_wrong_year_is_kept_and_orders_nothing()
    {
        await using var speaker = await server.Connected();
        var (_, item) = await OnAir(speaker);
        var before = Now.AddMinutes(-1);

        await Say(speaker, Played(speaker, item) with { At = new(9998, 1, 1, 0, 0, 0, TimeSpan.Zero) });

        var stored = await server.Playout(db => db.Records.AsNoTracking().SingleAsync(r => r.SpeakerId == speaker.Id));
        Assert.InRange(stored.At, before, Now.AddMinutes(1));
        Assert.True(AirRecord.TryRead(stored.Jws, out var read, out _));
        Assert.Equal(9998, read.Document.At.Year);
        var play = await server.Playout(db =>
            db.Plays.AsNoTracking().SingleAsync(p => p.SpeakerId == speaker.Id && p.ItemId == item.Id)
        );
        Assert.InRange(play.At!.Value, before, Now.AddMinutes(1));
    }

    [Fact]
    public async Task A_version_that_leaves_no_next_one_is_not_believed()
    {
        await using var speaker = await server.Connected();

        await speaker.State(timetable: long.MaxValue);

        var again = await speaker.HearTimetable();
        Assert.InRange(again.Version, 1, 1_000);
    }

    [Fact]
    public async Task One_that_sends_more_than_anybody_could_play_is_slowed_shown_and_loses_nothing()
    {
        await using var speaker = await server.Connected();
        var ration = server.Running.Services.GetRequiredService<RecordRation>();
        // Its week is used up.
        while (ration.Take(speaker.Id)) { }
        var record = speaker.Record(Refused(speaker));
        await speaker.SendRecord(record);
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).Alarms.HasFlag(Alarms.Flood),
            "the alarm"
        );
        Assert.Equal(RecordReport.Flood, (await server.Find(speaker.Id)).RecordFault);
        Assert.Equal(0, await server.Playout(db => db.Records.CountAsync(r => r.SpeakerId == speaker.Id)));
        Assert.Contains(
            (await server.Find(speaker.Id)).Name,
            await server.Technician.GetStringAsync("/speakers?show=flood")
        );

        // A quarter of a minute is worth one record; the speaker tries again until it is taken.
        await RunningServer.Until(
            async () =>
            {
                await speaker.SendRecord(record);
                return await server.Playout(db => db.Records.AnyAsync(r => r.SpeakerId == speaker.Id));
            },
            "it is stored after all",
            seconds: 40
        );
        Assert.Null((await server.Find(speaker.Id)).RecordFault);
        // It holds back for a quarter of an hour before somebody is told that it has calmed down.
        Assert.True((await server.Find(speaker.Id)).Alarms.HasFlag(Alarms.Flood));
        var signals = await server.Db(db =>
            db.Signals.Where(s => s.SpeakerId == speaker.Id && s.Kind == SignalKind.Records)
                .Select(s => s.To)
                .ToListAsync()
        );
        Assert.Equal(["flood"], signals);
    }

    [Fact]
    public void A_full_week_that_was_away_is_stored_at_once_then_four_a_minute_and_a_quarter_of_an_hour_calms()
    {
        var clock = new FakeTimeProvider();
        var ration = new RecordRation(Options.Create(new RecordRationOptions()), clock);
        var speaker = Guid.CreateVersion7();

        Assert.True(Enumerable.Range(0, 3 * 700).All(_ => ration.Take(speaker)));
        Assert.False(ration.Take(speaker));
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.True(ration.Take(speaker));
        Assert.False(ration.Take(speaker));
        Assert.False(ration.IsCalm(speaker));
        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(ration.IsCalm(speaker));
    }

    [Fact]
    public async Task A_speaker_or_a_horn_that_is_set_below_30_is_an_alarm()
    {
        await using var soft = await server.Connected();
        await soft.State(volume: 29);
        await Alarmed(soft, Alarms.SoftVolume);
        Assert.Contains(
            (await server.Find(soft.Id)).Name,
            await server.Technician.GetStringAsync("/speakers?show=soft")
        );
        Assert.Contains("/speakers?show=soft", await server.Technician.GetStringAsync("/"));

        await soft.Say(AirTopic.OutHealth, new HealthMessage(Now, Horns: [100, 0]).ToBytes());
        await Alarmed(soft, Alarms.Soft);
        await soft.State(volume: 30);
        await Alarmed(soft, Alarms.SoftHorn);
    }

    Task Alarmed(BenchSpeaker speaker, Alarms alarms) =>
        RunningServer.Until(async () => ((await server.Find(speaker.Id)).Alarms & Alarms.Soft) == alarms, $"{alarms}");

    async Task<(Guid Broadcast, TimetableItem Item)> OnAir(BenchSpeaker speaker, long atLeast = 2)
    {
        var air = await server.Air((await server.Find(speaker.Id)).UnitId);
        var timetable = await speaker.HearTimetable(atLeast);
        var item = timetable.Items.Single(i => i.Broadcast == air.Broadcast);
        await RunningServer.Until(() => server.Playout(db => db.Plays.AnyAsync(p => p.ItemId == item.Id)), "the play");
        return (air.Broadcast, item);
    }

    static async Task Say(BenchSpeaker speaker, AirRecord record)
    {
        await speaker.SendRecord(speaker.Record(record));
        await speaker.HearAck(speaker.Head.Seq);
    }

    static AirRecord Played(BenchSpeaker speaker, TimetableItem item) =>
        AirRecord.Play(speaker.Id, Now, item, PlayOutcome.Played, start: item.Start, end: item.Start + length);

    static AirRecord Refused(BenchSpeaker speaker) =>
        AirRecord.Refused(speaker.Id, Now, RefusalSubject.Timetable, "timetable.older");
}
