using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Air;
using Loa.Broadcasting.Data;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Devices;
using Loa.Jose;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Playout.AsRun;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Broadcasting;

/// <summary>What was taken back is heard nowhere any more, and whoever looks sees it at once: who, and why.</summary>
[Collection(nameof(DeviceServer))]
public sealed class WithdrawalTests(DeviceServer server)
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_withdrawn_bulletin_stops_where_it_sounds_and_every_open_page_says_who_and_why()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        await using var here = await server.Connected();
        await using var away = await server.Enrolled();
        Guid[] units = [(await server.Find(here.Id)).UnitId, (await server.Find(away.Id)).UnitId];
        var air = await server.Air(units);
        var told = await here.HearTimetable(atLeast: 2);
        await Promised(air.Broadcast, 2);
        Assert.Equal(2, (await See(leader, air)).GetProperty("onAir").GetInt32());
        await AsksBefore(leader, air, "2 cụm loa");
        await using var page = await LivePage.Open(leader, $"/broadcasts/{air.Broadcast}");
        await page.Shows(Words.Get("state.broadcast.ordered"));

        var began = TimeProvider.System.GetTimestamp();
        await Withdraw(leader, air, "Sai số điện thoại").Json();
        var after = await here.HearTimetable(atLeast: told.Version + 1);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.DoesNotContain(after.Items, item => item.Broadcast == air.Broadcast);
        await page.Shows("Sai số điện thoại");

        var broadcast = await leader.GetAsync($"/api/broadcasts/{air.Broadcast}").Json();
        Assert.Equal("withdrawn", broadcast.GetProperty("state").GetString());
        Assert.Equal("Sai số điện thoại", broadcast.GetProperty("last").GetProperty("comment").GetString());
        var me = await leader.GetAsync("/api/me").Json();
        Assert.Equal(me.GetProperty("name").GetString(), broadcast.GetProperty("last").GetProperty("by").GetString());
        await RunningServer.Until(
            () =>
                server.Playout(db =>
                    db.Plays.AllAsync(p =>
                        p.BroadcastId != air.Broadcast
                        || (p.Stage == PlayStage.Stopped && p.Reason == PlayReasons.Withdrawn)
                    )
                ),
            "the plays are withdrawn"
        );

        // Who was away is told when it comes; nobody can order it again or stop it twice.
        await away.Connect();
        await away.State();
        Assert.DoesNotContain((await away.HearTimetable()).Items, item => item.Broadcast == air.Broadcast);
        await leader
            .PostAsJsonAsync("/broadcasts", new { bulletin = air.Bulletin.BulletinId, units })
            .Refused("broadcast.not-approved");
        await leader
            .PostAsJsonAsync($"/broadcasts/{air.Broadcast}/stop", new { comment = "nữa" })
            .Refused("case.not-from-here");
        Assert.Equal(0, (await See(leader, air)).GetProperty("onAir").GetInt32());
    }

    [Fact]
    public async Task The_act_and_its_news_are_stored_together_and_a_crash_between_act_and_event_leaves_nothing_behind()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        await using var speaker = await server.Connected();
        var air = await server.Air((await server.Find(speaker.Id)).UnitId);
        var told = await speaker.HearTimetable(atLeast: 2);

        // Refused: neither act nor news.
        await Withdraw(leader, air, "Sai", seen: 1).Refused("case.moved");
        Assert.Equal(0, await News(air));
        await Withdraw(leader, air, "Sai").Json();
        Assert.Equal(1, await News(air));
        var after = await speaker.HearTimetable(atLeast: told.Version + 1);

        Assert.DoesNotContain(after.Items, item => item.Broadcast == air.Broadcast);

        // As a kill leaves it: what was done is not written down as heard. It is heard again, and nothing is done twice.
        await Unheard(air);
        await RunningServer.Until(async () => await Waiting(air) == 0, "it is heard again");
        Assert.Equal(
            ["order", "withdraw"],
            await server.Running.With<BroadcastingDb, List<string>>(db =>
                db.Acts.Where(a => a.CaseId == air.Broadcast).OrderBy(a => a.Seq).Select(a => a.Move).ToListAsync()
            )
        );
    }

    [Fact]
    public async Task A_stop_and_a_time_that_runs_out_are_shown_on_every_open_page()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        var air = await server.Air(unit);
        await using var one = await LivePage.Open(leader, $"/broadcasts/{air.Broadcast}");
        await using var other = await LivePage.Open(leader, $"/broadcasts/{air.Broadcast}");
        await one.Shows("data-state=\"ordered\"");
        await other.Shows("id=\"stop\"");
        // Silent first; why is said afterwards, once or better.
        await leader.PostAsJsonAsync($"/broadcasts/{air.Broadcast}/stop", new { }).Json();
        await one.Shows("data-state=\"stopped\"");
        var stopped = await other.Shows("id=\"explain\"");
        Assert.DoesNotContain("id=\"stop\"", stopped, StringComparison.Ordinal);
        using (var empty = await leader.PostAsJsonAsync($"/broadcasts/{air.Broadcast}/explain", new { comment = " " }))
            Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        await leader.PostAsJsonAsync($"/broadcasts/{air.Broadcast}/explain", new { comment = "Nhầm xã" }).Json();
        await using var later = await LivePage.Open(leader, $"/broadcasts/{air.Broadcast}");
        var explained = await later.Shows("Nhầm xã");
        Assert.DoesNotContain("id=\"explain\"", explained, StringComparison.Ordinal);

        // Nobody plays it and nobody acts: the time alone tells. A page that opened too late is opened for one that ends later.
        for (var (left, wasOpen) = (2, false); !wasOpen; left *= 2)
        {
            var start = server.Running.Clock.Moment().AddMinutes(-10).AddSeconds(left - 5);
            var soon = (await server.Order(air.Bulletin, [unit], [start]))[0];
            await using var waiting = await LivePage.Open(leader, $"/broadcasts/{soon}");
            var first = await waiting.Shows("data-state=");
            wasOpen = first.Contains("data-state=\"ordered\"", StringComparison.Ordinal);
            if (wasOpen)
                await waiting.Shows("data-state=\"expired\"");
        }
    }

    Task<HttpResponseMessage> Withdraw(HttpClient leader, DeviceServer.OnAir air, string why, int seen = 4) =>
        leader.PostAsJsonAsync($"/bulletins/{air.Bulletin.BulletinId}/withdraw", new { seen, comment = why });

    static Task<JsonElement> See(HttpClient leader, DeviceServer.OnAir air) =>
        leader.GetAsync($"/api/bulletins/{air.Bulletin.BulletinId}").Json();

    static async Task AsksBefore(HttpClient leader, DeviceServer.OnAir air, string number)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/bulletins/{air.Bulletin.BulletinId}");
        asked.Headers.Add("Accept", "text/html");
        using var answer = await leader.SendAsync(asked);
        Assert.Contains(number, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    Task<int> News(DeviceServer.OnAir air) => server.Running.With<NewsroomDb, int>(db => Its(db, air).CountAsync());

    Task<int> Unheard(DeviceServer.OnAir air) =>
        server.Running.With<NewsroomDb, int>(db =>
            Its(db, air).ExecuteUpdateAsync(set => set.SetProperty(a => a.DoneAt, (DateTimeOffset?)null))
        );

    Task<int> Waiting(DeviceServer.OnAir air) =>
        server.Running.With<NewsroomDb, int>(db => Its(db, air).CountAsync(a => a.DoneAt == null));

    static IQueryable<Announcement> Its(NewsroomDb db, DeviceServer.OnAir air)
    {
        var id = air.Bulletin.BulletinId.ToString();
        return db.Announcements.Where(a => a.Type == "bulletin-withdrawn" && a.Body.Contains(id));
    }

    Task Promised(Guid broadcast, int speakers) =>
        RunningServer.Until(
            () => server.Playout(async db => await db.Plays.CountAsync(p => p.BroadcastId == broadcast) == speakers),
            "all are promised it"
        );
}
