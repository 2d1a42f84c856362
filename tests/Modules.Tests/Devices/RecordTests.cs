using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Jose;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class RecordTests(DeviceServer server)
{
    [Fact]
    public async Task A_record_is_stored_once_though_it_is_sent_twice_and_after_a_restart_of_the_server()
    {
        await using var speaker = await server.Connected();
        var first = speaker.Record(Refused(speaker));
        await speaker.SendRecord(first);
        await speaker.SendRecord(first);
        Assert.Equal(Jws.Digest(first), (await speaker.HearAck(1)).Hash);

        await server.Restart();
        await speaker.Introduce(server.Anyone);
        await speaker.Connect();
        await speaker.SendRecord(first);
        await speaker.HearAck(1);
        var second = speaker.Record(Refused(speaker));
        await speaker.SendRecord(second);
        await speaker.HearAck(2);
        Assert.Equal([1, 2], await Stored(speaker));
    }

    [Fact]
    public async Task A_changed_forged_or_foreign_record_is_not_stored_and_shows()
    {
        await using var speaker = await server.Connected();
        var mine = speaker.Record(Refused(speaker));
        await speaker.SendRecord(mine[..^4] + "AAAA");
        await Faulty(speaker, Refusal.JwsSignature);
        await speaker.SendRecord(RecordChain.Append(RecordHead.Start, Refused(speaker), SigningKey.Create(), out _));
        await Faulty(speaker, Refusal.KeyUnknown);
        Assert.Empty(await Stored(speaker));

        await speaker.SendRecord(mine);
        await speaker.HearAck(1);
        Assert.Null((await server.Find(speaker.Id)).RecordFault);

        // Another past under a number that is stored.
        await speaker.SendRecord(
            RecordChain.Append(RecordHead.Start, Refused(speaker, "key.unknown"), speaker.Key, out _)
        );
        await Faulty(speaker, RecordReport.Conflict);
        Assert.Equal([1], await Stored(speaker));
    }

    [Fact]
    public async Task A_gap_is_seen_and_asked_for_again()
    {
        await using var speaker = await server.Connected();
        var one = speaker.Record(Refused(speaker));
        var two = speaker.Record(Refused(speaker));
        await speaker.SendRecord(two);
        Assert.Equal("", (await speaker.HearAck(0)).Hash);
        await Faulty(speaker, RecordReport.Gap);
        await speaker.SendRecord(one);
        await speaker.SendRecord(two);
        await speaker.HearAck(2);
        Assert.Null((await server.Find(speaker.Id)).RecordFault);
    }

    [Fact]
    public async Task Progress_is_seen_live_and_the_record_decides()
    {
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        var air = await server.Air(unit);
        var timetable = await speaker.HearTimetable(atLeast: 2);
        var item = timetable.Items.Single(i => i.Broadcast == air.Broadcast);
        var plays =
            server.Running.Services.GetService(typeof(IPlays)) as IPlays ?? throw new InvalidOperationException();

        var bells = server.Running.Services.GetRequiredService<LiveBells>();
        using var bell = bells.Listen([new(BroadcastNames.Procedure, air.Broadcast)]);
        foreach (var state in (ItemProgress[])[ItemProgress.Delivered, ItemProgress.Verified, ItemProgress.Playing])
        {
            var now = TimeProvider.System.GetUtcNow();
            var step = new ItemStep(item.Id, state);
            await speaker.Say(AirTopic.OutProgress, new ProgressMessage(now, [step]).ToBytes());
        }
        await RunningServer.Until(
            async () => (await plays.Tally(air.Broadcast, CancellationToken.None)).At(PlayStage.Playing) == 1,
            "it is playing"
        );
        Assert.True(await bell.Rings(TimeSpan.FromSeconds(10), TimeProvider.System, CancellationToken.None));
        var played = AirRecord.Play(
            speaker.Id,
            TimeProvider.System.GetUtcNow(),
            item,
            PlayOutcome.Played,
            start: item.Start.AddMilliseconds(12),
            end: item.Start.AddSeconds(5)
        );
        await speaker.SendRecord(speaker.Record(played));
        await RunningServer.Until(
            async () =>
                await bell.Rings(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None)
                && (await plays.Tally(air.Broadcast, CancellationToken.None)).At(PlayStage.Heard) == 1,
            "an open page that asks when it is rung for sees it heard"
        );

        // What is said afterwards is no proof.
        await speaker.Say(
            AirTopic.OutProgress,
            new ProgressMessage(
                TimeProvider.System.GetUtcNow(),
                [new ItemStep(item.Id, ItemProgress.Refused, "media.digest")]
            ).ToBytes()
        );
        await speaker.SendRecord(speaker.Record(Refused(speaker)));
        await speaker.HearAck(2);
        var tally = await plays.Tally(air.Broadcast, CancellationToken.None);
        Assert.True(tally.IsOver);
        Assert.Equal((1, 1), (tally.Total, tally.At(PlayStage.Heard)));
        var listed = await plays.Of(air.Broadcast, tally, 0, 10, CancellationToken.None);
        Assert.Equal((speaker.Id, PlayStage.Heard), (listed.Single().SpeakerId, listed.Single().Stage));
    }

    [Fact]
    public async Task A_thousand_records_of_many_speakers_share_their_commits()
    {
        await using var one = await server.Connected();
        await using var two = await server.Connected();
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Flood(one), Flood(two));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"1,000 records in {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:0} ms"
        );
        Assert.Equal(500, (await Stored(one)).Count);
        Assert.Equal(500, (await Stored(two)).Count);
    }

    static async Task Flood(BenchSpeaker speaker)
    {
        string[] records = [.. Enumerable.Range(0, 500).Select(_ => speaker.Record(Refused(speaker)))];
        foreach (var some in records.Chunk(20))
            await Task.WhenAll(some.Select(speaker.SendRecord));
        await speaker.HearAck(500);
    }

    [Fact]
    public async Task A_speaker_that_goes_on_is_not_shown_as_refusing_for_what_it_refused_once()
    {
        await using var speaker = await server.Connected();
        await speaker.State(timetable: 1);
        await Refuse(RefusalSubject.Package, "package.model", 1);
        await Refuse(RefusalSubject.Time, "document.early", 2);
        Assert.Null((await server.Find(speaker.Id)).RefusedReason);

        await Refuse(RefusalSubject.Timetable, "document.expired", 3);
        Assert.Equal("document.expired", (await server.Find(speaker.Id)).RefusedReason);
        await speaker.State(timetable: 1);
        await Refuse(RefusalSubject.Package, "package.model", 4);
        Assert.Equal("document.expired", (await server.Find(speaker.Id)).RefusedReason);
        await speaker.State(timetable: 2);
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).RefusedReason is null,
            "it holds a later timetable"
        );

        async Task Refuse(RefusalSubject subject, string reason, long seq)
        {
            var record = AirRecord.Refused(speaker.Id, TimeProvider.System.GetUtcNow(), subject, reason);
            await speaker.SendRecord(speaker.Record(record));
            await speaker.HearAck(seq);
        }
    }

    static AirRecord Refused(BenchSpeaker speaker, string reason = "timetable.older") =>
        AirRecord.Refused(speaker.Id, TimeProvider.System.GetUtcNow(), RefusalSubject.Timetable, reason);

    Task Faulty(BenchSpeaker speaker, string fault) =>
        RunningServer.Until(async () => (await server.Find(speaker.Id)).RecordFault == fault, fault);

    Task<List<long>> Stored(BenchSpeaker speaker) =>
        server.Playout(db =>
            db.Records.Where(r => r.SpeakerId == speaker.Id).OrderBy(r => r.Seq).Select(r => r.Seq).ToListAsync()
        );
}
