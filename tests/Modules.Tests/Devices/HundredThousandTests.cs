using System.Net;
using System.Net.Http.Json;
using Loa.Broadcasting.Data;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Devices.Overview;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.People;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Loa.Trust;
using Loa.Vietnamese;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

/// <summary>A fleet as large as it may become: every list of speakers is as quick as in one province. To be asked for by name.</summary>
[Collection(nameof(Alone))]
public sealed partial class HundredThousandTests(DeviceServer server) : IClassFixture<DeviceServer>
{
    const int Speakers = 100_000;
    const int Together = 5_000;
    const int Most = 200;

    static readonly CancellationToken Never = CancellationToken.None;

    [Fact(Explicit = true)]
    public async Task Every_list_page_is_quick_with_100000_speakers()
    {
        var speakers = await Grow();
        var broadcast = await HeardByAll(speakers);
        var rollout = await RolledOutToAll();
        var job = await OrderedToAll();
        await WrittenForYears();
        var (lastPage, lastHundred) = (Speakers / 25, Speakers / 100);
        string[] paths =
        [
            "/",
            "/speakers",
            "/speakers?page=2000",
            $"/speakers?page={lastPage}",
            "/speakers?q=loc+tan",
            .. SpeakerFilter.Kinds.Keys.Select(kind => $"/speakers?show={kind}"),
            .. SpeakerList
                .Shape.Heads.Where(h => h.Sorts)
                .SelectMany(h => new[] { h.Key, $"-{h.Key}" })
                .SelectMany(sort => new[] { $"/speakers?sort={sort}", $"/speakers?sort={sort}&size=100&page=500" }),
            "/speakers?unit=Xã+Lộc+Tấn",
            "/speakers?model=Crowd+1&page=2000",
            "/speakers/root",
            "/speakers/root?page=500",
            "/speakers/root?page=1000",
            $"/speakers/root?page={lastPage / 2}",
            "/speakers/commands?all=true",
            "/speakers/jobs",
            $"/speakers/jobs/{job}",
            $"/speakers/jobs/{job}?page={lastPage}",
            "/speakers/beforehand",
            "/speakers/claim",
            "/broadcasts",
            "/packages",
            $"/broadcasts/{broadcast}",
            $"/broadcasts/{broadcast}?page={lastHundred / 2}",
            $"/broadcasts/{broadcast}?page={lastHundred}",
            $"/rollouts/{rollout}",
            $"/rollouts/{rollout}?page=2000",
            $"/rollouts/{rollout}?page={lastPage}",
            "/units",
        ];
        // As the server does each night.
        await Weighed<DevicesDb>();
        await Weighed<NewsroomDb>();
        await Weighed<BroadcastingDb>();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var slow = new List<string>();
        using var commune = await server.Running.SignedIn("loctan.duyet");
        string[] its =
        [
            "/",
            "/broadcasts",
            "/broadcasts?q=tin",
            $"/broadcasts/{broadcast}",
            $"/broadcasts/{broadcast}?page=2",
        ];
        using var leader = await server.Running.SignedIn("tinh.duyet");
        using var auditor = await server.Running.SignedIn("tinh.kiemtra");
        (HttpClient, string)[] all =
        [
            .. paths.Select(p => (server.Technician, p)),
            .. its.Select(p => (commune, p)),
            .. PaperPages.Select(p => (leader, p)),
            .. LedgerPages.Select(p => (auditor, p)),
        ];
        foreach (var (client, path) in all)
        {
            (await client.GetAsync(path)).Dispose();
            using var answer = await client.GetAsync(path);
            var spent = SpeedTests.Spent(answer);
            TestContext.Current.TestOutputHelper?.WriteLine($"{path}: {spent} ms");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            if (spent > Most)
                slow.Add($"{path}: {spent} ms");
        }
        Assert.Empty(slow);
    }

    Task<int> Weighed<TDb>()
        where TDb : ModuleDb => server.Running.With<TDb, int>(db => db.Database.ExecuteSqlRawAsync("ANALYZE"));

    /// <summary>Half of them obey the root of today.</summary>
    async Task<IReadOnlyList<Guid>> Grow()
    {
        var some = await server.Db(db => db.Speakers.AsNoTracking().Where(s => s.MadeUp).ToListAsync());
        var root = (await server.Running.With<ITrust, string?>(t => Task.FromResult(t.Root?.KeyId)))!;
        var made = Enumerable.Range(0, Speakers).Select(i => Copy(some[i % some.Count], i, root)).ToList();
        await Store<DevicesDb, Speaker>(made);
        return [.. made.Select(s => s.Id)];
    }

    static Speaker Copy(Speaker from, int number, string root)
    {
        var name = $"{from.Name} {number}";
        return new()
        {
            Id = Guid.CreateVersion7(),
            Serial = $"CROWD-{number:000000}",
            Name = name,
            NameKey = SortKey.Of(name),
            Search = $"{from.Search} {number}",
            Vendor = SpeakerProcedure.Own,
            Model = "Crowd 1",
            Horns = from.Horns,
            UnitId = from.UnitId,
            State = SpeakerStates.Enrolled,
            Kid = number.ToString("00000000000000000000000000000000000000000000"),
            PlacementVersion = 1,
            Presence = number % 10 == 0 ? Presence.Offline : Presence.Online,
            RefusedReason = number % 1000 == 0 ? "media.digest" : null,
            RootHeld = number % 2 == 0 ? root : null,
            Protocol = 3 - number % 3,
        };
    }

    /// <summary>Of thirty one failed and one was not reached.</summary>
    async Task<Guid> HeardByAll(IReadOnlyList<Guid> speakers)
    {
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(Never));
        var broadcast = (await server.Air(tree.All.Last().Id)).Broadcast;
        var at = server.Running.Clock.Moment();
        await Store<PlayoutDb, Play>([
            .. speakers.Select(
                (id, i) =>
                    new Play
                    {
                        SpeakerId = id,
                        ItemId = Guid.CreateVersion7(),
                        BroadcastId = broadcast,
                        Title = "Tin cho tất cả",
                        Stage = (i % 30) switch
                        {
                            0 => PlayStage.Failed,
                            1 => PlayStage.Waiting,
                            _ => PlayStage.Heard,
                        },
                        Start = at.AddDays(-2),
                        OverAt = at.AddDays(-2),
                        Decided = true,
                        SilentMs = 0,
                    }
            ),
        ]);
        return broadcast;
    }

    async Task<Guid> RolledOutToAll()
    {
        var (key, _) = await server.Technician.Delegated(server.Running, "package");
        var package = await server.Technician.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
        await server.Technician.Give(package, await server.Technician.Sign(package, key)).Json();
        var unit = (await server.Technician.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("unitId");
        var started = await server
            .Technician.PostAsJsonAsync(
                "/rollouts",
                new
                {
                    package,
                    unit = unit.GetGuid(),
                    model = "Crowd 1",
                }
            )
            .Json(HttpStatusCode.Created);
        var rollout = started.GetProperty("id").GetGuid();
        await server.Technician.PostAsJsonAsync($"/rollouts/{rollout}/pause", new { }).Json();
        return rollout;
    }

    async Task<Guid> OrderedToAll()
    {
        var prepared = await server.Technician.GetAsync("/api/speakers").Json();
        var ordered = await server
            .Technician.PostAsJsonAsync(
                "/speakers/commands",
                new
                {
                    name = "identify",
                    count = prepared.GetProperty("total").GetInt32(),
                    all = true,
                }
            )
            .Json(HttpStatusCode.Created);
        return ordered.GetProperty("id").GetGuid();
    }

    async Task Store<TDb, TRow>(IReadOnlyCollection<TRow> rows)
        where TDb : ModuleDb
        where TRow : class
    {
        foreach (var some in rows.Chunk(Together))
            await server.Running.With<TDb, bool>(async db =>
            {
                await db.Atomically(() => db.Insert(some, Never));
                return true;
            });
    }
}
