using System.Net.Http.Headers;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting;

/// <summary>A broadcast says how it ended: played, stopped after so many seconds, or out of time; red only where something failed.</summary>
[Collection(nameof(DeviceServer))]
public sealed class StoppedTests(DeviceServer server)
{
    [Fact]
    public async Task A_stopped_broadcast_tells_who_stopped_it_and_how_long_each_speaker_sounded()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        await using var half = await server.Connected();
        await using var not = await server.Connected();
        await using var unheard = await server.Connected();
        await using var broken = await server.Connected();
        BenchSpeaker[] all = [half, not, unheard, broken];
        Guid[] units = [.. (await Task.WhenAll(all.Select(s => server.Find(s.Id)))).Select(s => s.UnitId).Distinct()];
        var air = await server.Air(units);
        var items = new Dictionary<BenchSpeaker, TimetableItem>();
        foreach (var speaker in all)
            items[speaker] = (await speaker.HearTimetable(atLeast: 2)).Items.Single(i => i.Broadcast == air.Broadcast);
        await Stands(air, 4, PlayStage.Waiting);
        await broken.Say(
            AirTopic.OutProgress,
            new ProgressMessage(
                TimeProvider.System.GetUtcNow(),
                [new ItemStep(items[broken].Id, ItemProgress.Refused, "media.digest")]
            ).ToBytes()
        );
        await Stands(air, 1, PlayStage.Refused);
        Assert.Contains(Words.Get("state.broadcast.ordered"), await Listed(leader, air), StringComparison.Ordinal);

        await leader.PostAsJsonAsync($"/broadcasts/{air.Broadcast}/stop", new { comment = "Nhầm xã" }).Json();
        await Stands(air, 3, PlayStage.Stopped);
        var start = items[half].Start.AddMilliseconds(40);
        await Proves(half, items[half], PlayOutcome.Interrupted, start, start.AddSeconds(7.2));
        await Proves(not, items[not], PlayOutcome.Missed, null, null);
        await Stands(air, 1, PlayStage.Cut);

        var told = await leader.GetAsync($"/api/broadcasts/{air.Broadcast}").Json();
        var stages = told.GetProperty("stages");
        Assert.Equal(
            (1, 2, 1, false),
            (
                stages.GetProperty("cut").GetInt32(),
                stages.GetProperty("stopped").GetInt32(),
                stages.GetProperty("refused").GetInt32(),
                stages.TryGetProperty("failed", out _)
            )
        );
        Assert.True(told.GetProperty("isOver").GetBoolean());
        var page = await Html(leader, $"/broadcasts/{air.Broadcast}");
        Assert.Contains(
            Words.Get("stage.cut-after", Words.Get("broadcast.seconds", 7)),
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("Nhầm xã", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Reasons.Of(PlayReasons.Withdrawn), page, StringComparison.Ordinal);
        // Two rows and a count are amber; only the one that had its own fault is red.
        Assert.Contains(Reasons.Of("media.digest"), page, StringComparison.Ordinal);

        var listed = await Listed(leader, air);
        Assert.Contains(Words.Get("state.broadcast.stopped"), listed, StringComparison.Ordinal);
        Assert.Contains("Nhầm xã", listed, StringComparison.Ordinal);
        using var file = await leader.GetAsync("/broadcasts.csv");
        Assert.Contains("Nhầm xã", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(
            Words.Get("play.stage.Cut"),
            await Html(server.Technician, $"/speakers/{half.Id}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_broadcast_that_all_have_played_is_over_before_its_time_runs_out()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        await using var speaker = await server.Connected();
        var air = await server.Air((await server.Find(speaker.Id)).UnitId);
        var item = (await speaker.HearTimetable(atLeast: 2)).Items.Single(i => i.Broadcast == air.Broadcast);
        await Proves(speaker, item, PlayOutcome.Played, item.Start, item.Start.AddSeconds(5), null);
        await Stands(air, 1, PlayStage.Heard);
        Assert.Contains(Words.Get("state.broadcast.over"), await Listed(leader, air), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "id=\"stop\"",
            await Html(leader, $"/broadcasts/{air.Broadcast}"),
            StringComparison.Ordinal
        );
    }

    static Task Proves(
        BenchSpeaker speaker,
        TimetableItem item,
        PlayOutcome outcome,
        DateTimeOffset? start,
        DateTimeOffset? end,
        string? reason = "withdrawn"
    ) =>
        speaker.SendRecord(
            speaker.Record(
                AirRecord.Play(
                    speaker.Id,
                    TimeProvider.System.GetUtcNow(),
                    item,
                    outcome,
                    start: start,
                    end: end,
                    reason: reason
                )
            )
        );

    Task Stands(DeviceServer.OnAir air, int speakers, PlayStage stage) =>
        RunningServer.Until(
            () =>
                server.Playout(async db =>
                    await db.Plays.CountAsync(p => p.BroadcastId == air.Broadcast && p.Stage == stage) == speakers
                ),
            $"{speakers} are at {stage}"
        );

    // The row of the list, found by its address.
    static async Task<string> Listed(HttpClient client, DeviceServer.OnAir air)
    {
        var page = await Html(client, "/broadcasts");
        var at = page.IndexOf($"/broadcasts/{air.Broadcast}", StringComparison.Ordinal);
        Assert.True(at >= 0);
        return page[at..page.IndexOf("</tr>", at, StringComparison.Ordinal)];
    }

    static async Task<string> Html(HttpClient client, string path)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var answer = await client.SendAsync(asked);
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
