using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Broadcasting.Follow;
using Loa.Contracts.People;
using Loa.Devices;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.People;
using Loa.Playout.AsRun;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Broadcasting;

/// <summary>Everybody sees what sounded in his own units, whoever ordered it, and nothing of the speakers of others.</summary>
[Collection(nameof(DeviceServer))]
public sealed class AudienceTests(DeviceServer server)
{
    [Fact]
    public async Task A_commune_sees_hears_and_exports_what_another_played_on_its_speakers_and_may_not_act_on_it()
    {
        await using var mine = await server.Connected();
        await using var other = await server.Connected();
        var hamlet = await UnitOf(mine);
        var commune = await CommuneOf(hamlet);
        var elsewhere = (await Tree()).ChildrenOf(await ThirdCommune(commune, hamlet)).First().Id;
        await Stands(other, elsewhere);
        var reader = await SomeOfficer.In(server.Running, "approver", commune);
        var before = await Today(reader.Id);
        var air = await server.Air(elsewhere, hamlet);
        await Promised(air.Broadcast, 2);

        Assert.Equal(before + 1, await Today(reader.Id));
        Assert.Contains($"/broadcasts/{air.Broadcast}", await Html(reader.Client, "/broadcasts"), Ordinal);
        Assert.Contains($"/broadcasts/{air.Broadcast}", await Html(reader.Client, "/broadcasts?q=thu+loa"), Ordinal);
        using (var file = await reader.Client.GetAsync("/broadcasts.csv?q=thu+loa"))
            Assert.Contains(air.Bulletin.Title, await file.Content.ReadAsStringAsync(), Ordinal);

        // What was said and by whom, on his own speakers; the bulletin itself is not his.
        var page = await Html(reader.Client, $"/broadcasts/{air.Broadcast}");
        Assert.Contains("Thử.", page, Ordinal);
        Assert.Contains($"/speakers/{mine.Id}", page, Ordinal);
        Assert.DoesNotContain(other.Id.ToString(), page, Ordinal);
        Assert.DoesNotContain("id=\"stop\"", page, Ordinal);
        Assert.DoesNotContain($"/bulletins/{air.Bulletin.BulletinId}", page, Ordinal);
        var told = await reader.Client.GetAsync($"/api/broadcasts/{air.Broadcast}").Json();
        Assert.Equal(1, told.GetProperty("total").GetInt32());
        Assert.Equal(
            mine.Id,
            told.GetProperty("speakers").EnumerateArray().Single().GetProperty("speakerId").GetGuid()
        );
        using (var sound = await reader.Client.GetAsync($"/broadcasts/{air.Broadcast}/audio"))
            Assert.Equal(air.Sound, await sound.Content.ReadAsByteArrayAsync());
        Assert.Contains($"/broadcasts/{air.Broadcast}", await Html(reader.Client, $"/speakers/{mine.Id}"), Ordinal);
        using (var stop = await reader.Client.PostAsJsonAsync($"/broadcasts/{air.Broadcast}/stop", new { seen = 1 }))
            Assert.Equal(HttpStatusCode.Forbidden, stop.StatusCode);

        // Whom it did not reach knows nothing of it.
        var stranger = await SomeOfficer.In(server.Running, "approver", await ThirdCommune(commune, elsewhere));
        await stranger
            .Client.GetAsync($"/api/broadcasts/{air.Broadcast}")
            .Refused("missing.broadcast", HttpStatusCode.NotFound);
        await stranger
            .Client.GetAsync($"/broadcasts/{air.Broadcast}/audio")
            .Refused("missing.broadcast", HttpStatusCode.NotFound);
        Assert.DoesNotContain(air.Broadcast.ToString(), await Html(stranger.Client, "/broadcasts"), Ordinal);
    }

    [Fact]
    public async Task What_is_played_to_the_whole_province_is_seen_in_every_commune()
    {
        await using var mine = await server.Connected();
        await using var other = await server.Connected();
        var hamlet = await UnitOf(mine);
        var tree = await Tree();
        await Stands(other, tree.ChildrenOf(await ThirdCommune(await CommuneOf(hamlet), hamlet)).First().Id);
        var reader = await SomeOfficer.In(server.Running, "author", await CommuneOf(hamlet));
        var air = await server.Air(tree.Roots.Single().Id);
        Assert.Contains($"/broadcasts/{air.Broadcast}", await Html(reader.Client, "/broadcasts"), Ordinal);
        await RunningServer.Until(
            async () =>
                await Total(reader.Client, air.Broadcast) is > 0 and var total && total < await All(air.Broadcast),
            "its own speakers were promised it"
        );
        await server.StopAir(air);
    }

    [Fact]
    public async Task A_speaker_that_was_moved_takes_its_past_with_it()
    {
        await using var speaker = await server.Connected();
        var hamlet = await UnitOf(speaker);
        var air = await server.Air(hamlet);
        await Promised(air.Broadcast, 1);
        var tree = await Tree();
        var commune = await ThirdCommune(await CommuneOf(hamlet), hamlet);
        var there = tree.ChildrenOf(commune).First().Id;
        var reader = await SomeOfficer.In(server.Running, "author", commune);
        await reader
            .Client.GetAsync($"/api/broadcasts/{air.Broadcast}")
            .Refused("missing.broadcast", HttpStatusCode.NotFound);

        await Stands(speaker, there);
        Assert.Equal(1, await Total(reader.Client, air.Broadcast));
    }

    [Fact]
    public async Task Who_knows_of_the_broadcasts_of_before_is_found_in_their_acts()
    {
        var unit = (await server.Place()).UnitId;
        var air = await server.Air(unit);
        var known = await server.Running.With<BroadcastingDb, List<Audience>>(async db =>
        {
            await db.Audiences.Where(a => a.BroadcastId == air.Broadcast).ExecuteDeleteAsync();
            await db.Audiences.ExecuteDeleteAsync();
            await db.Atomically(() => Audiences.Step.Run(db, CancellationToken.None));
            return await db.Audiences.AsNoTracking().Where(a => a.BroadcastId == air.Broadcast).ToListAsync();
        });
        Assert.Contains(known, a => a.UnitId == unit);
        Assert.All(known, a => Assert.NotEqual(default, a.At));
    }

    const StringComparison Ordinal = StringComparison.Ordinal;

    async Task<Guid> UnitOf(BenchSpeaker speaker) => (await server.Find(speaker.Id)).UnitId;

    Task<UnitTree> Tree() => server.Running.With<IUnits, UnitTree>(async u => await u.Today(CancellationToken.None));

    async Task<Guid> CommuneOf(Guid hamlet) => (await Tree()).Find(hamlet)!.ParentId!.Value;

    async Task<Guid> ThirdCommune(Guid one, Guid other)
    {
        var tree = await Tree();
        var busy = await server.Db(db =>
            db.Speakers.Where(s => s.State == SpeakerStates.Enrolled).Select(s => s.UnitId).ToListAsync()
        );
        return tree
            .All.First(u =>
                u.Id != one
                && !tree.IsInside(other, u.Id)
                && u.ParentId == tree.Roots.Single().Id
                && tree.ChildrenOf(u.Id).Any()
                && !busy.Exists(b => tree.IsInside(b, u.Id))
            )
            .Id;
    }

    Task Stands(BenchSpeaker speaker, Guid unit) =>
        server.Db(db =>
            db.Speakers.Where(s => s.Id == speaker.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.UnitId, unit))
        );

    Task Promised(Guid broadcast, int speakers) =>
        RunningServer.Until(
            () => server.Playout(async db => await db.Plays.CountAsync(p => p.BroadcastId == broadcast) == speakers),
            "all are promised it"
        );

    Task<int> All(Guid broadcast) => server.Playout(db => db.Plays.CountAsync(p => p.BroadcastId == broadcast));

    static async Task<int> Total(HttpClient client, Guid broadcast) =>
        (await client.GetAsync($"/api/broadcasts/{broadcast}").Json()).GetProperty("total").GetInt32();

    Task<int> Today(Guid officer) =>
        server.Running.With<IServiceProvider, int>(async services =>
        {
            var sight = services.GetRequiredService<Sight>();
            await sight.Load(officer, CancellationToken.None);
            var desk = new Desk(sight);
            await services.GetServices<IDeskPart>().OfType<BroadcastDesk>().Single().Lay(desk, default);
            return desk.Today.All;
        });

    static async Task<string> Html(HttpClient client, string path)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var answer = await client.SendAsync(asked);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
