using System.Globalization;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.People.Data;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Bench.UnderTest;

/// <summary>What a province holds at one size of the show.</summary>
public sealed record Size(int Bulletins, int Broadcasts, int Speakers, int Officers, int Jobs)
{
    public static readonly IReadOnlyList<Size> All =
    [
        new(1_000, 100, 1_661, 100, 10),
        new(10_000, 1_000, 16_610, 1_000, 100),
        new(100_000, 10_000, 100_000, 8_000, 1_000),
    ];
}

/// <summary>
/// Makes a province grow past its procedures: the rows are those that the procedures would leave, with their hashes, and the
/// ledger holds over them.
/// </summary>
sealed class ProvinceInBulk(IServiceProvider services, TimeProvider clock)
{
    const int Together = 5_000;
    const int CommandsOfJob = 200;
    const int PlaysOfSpeaker = 6;

    readonly DateTimeOffset now = clock.Moment();
    readonly InventedWords words = new();
    Size made = new(0, 0, 0, 0, 0);
    int played;

    /// <returns>A broadcast to all speakers, an order to all of them, a commune and how many speakers it has at every size.</returns>
    public async Task<string> Grow(Size size)
    {
        var tree = await Ask<IUnits, UnitTree>(u => u.Today(CancellationToken.None).AsTask());
        Unit[] units = [.. tree.Roots.SelectMany(r => tree.SubtreeOf(r.Id))];
        var commune = units.First(u =>
            tree.PathOf(u.Id).Count > 1 && tree.ChildrenOf(u.Id).Any(c => !tree.ChildrenOf(c.Id).Any())
        );
        Guid[] ids = [.. units.Select(u => u.Id)];
        await Cases<NewsroomDb>(
            made.Bulletins,
            size.Bulletins,
            i => Chains.Bulletin(i, ids[i % ids.Length], Ago(i), words)
        );
        await Cases<BroadcastingDb>(
            made.Broadcasts,
            size.Broadcasts,
            i => Chains.Broadcast(ids[i % ids.Length], Ago(i))
        );
        await Cases<PeopleDb>(made.Officers, size.Officers, i => Chains.Officer(i, ids[i % ids.Length], Ago(i)));
        await Speakers(size.Speakers, commune, tree);
        var toAll = await BroadcastToAll(tree.Roots.First().Id);
        var job = await Jobs(size, tree.Roots.First().Id);
        made = size;
        await LookAgain();
        var here = tree.SubtreeOf(commune.Id).Select(u => u.Id).ToHashSet();
        var count = await Ask<DevicesDb, int>(db =>
            db.Speakers.CountAsync(s => here.Contains(s.UnitId) && s.State == SpeakerStates.Enrolled)
        );
        return $"{toAll} {job} {commune.Id} {count}";
    }

    /// <summary>The first fault in a module's ledger, or "whole".</summary>
    public async Task<string> Verify()
    {
        foreach (var entry in services.GetServices<ModuleDbEntry>().Where(d => d.Type.IsAssignableTo(typeof(CaseDb))))
        {
            await using var scope = services.CreateAsyncScope();
            var report = await services
                .GetRequiredService<Ledger>()
                .Verify((CaseDb)scope.ServiceProvider.GetRequiredService(entry.Type), CancellationToken.None);
            if (report.Fault is { } fault)
                return $"{entry.Name}: {fault}";
        }
        return "whole";
    }

    DateTimeOffset Ago(int i) => now - TimeSpan.FromMinutes(200_000 - i);

    async Task Cases<TDb>(int from, int to, Func<int, Chain> make)
        where TDb : CaseDb
    {
        foreach (var some in Enumerable.Range(from, to - from).Chunk(Together))
        {
            var chains = some.Select(make).ToList();
            await Ask<TDb, int>(async db =>
            {
                await db.Store(chains.SelectMany(c => c.Acts).ToList());
                await db.Store(chains.Select(c => c.Row).ToList());
                return 0;
            });
        }
    }

    async Task Speakers(int count, Unit commune, UnitTree tree)
    {
        await Ask<DevicesDb, int>(db => History.EnrolAll(db, int.MaxValue));
        var rows = await Ask<DevicesDb, List<Speaker>>(db => db.Speakers.AsNoTracking().ToListAsync());
        var here = tree.SubtreeOf(commune.Id).Select(u => u.Id).ToHashSet();
        // What an order to the commune costs is not to grow because more speakers stand in it.
        var like = rows.Where(s => !here.Contains(s.UnitId))
            .OrderBy(s => s.Serial, StringComparer.Ordinal)
            .Take(1_500)
            .ToList();
        foreach (var some in Enumerable.Range(rows.Count, Math.Max(0, count - rows.Count)).Chunk(Together))
            await Ask<DevicesDb, int>(async db =>
            {
                await db.Store(some.Select(i => Another(like[i % like.Count], i)).ToList());
                return 0;
            });
        await Ask<DevicesDb, int>(async db =>
        {
            await History.Write(db, played + 1, PlaysOfSpeaker, now);
            return played += PlaysOfSpeaker;
        });
    }

    static Speaker Another(Speaker like, int i) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Serial = string.Create(CultureInfo.InvariantCulture, $"BULK-{i:D6}"),
            Name = like.Name,
            NameKey = like.NameKey,
            Search = like.Search,
            Vendor = like.Vendor,
            Model = like.Model,
            Horns = like.Horns,
            UnitId = like.UnitId,
            State = SpeakerStates.Enrolled,
            Kid = string.Create(CultureInfo.InvariantCulture, $"BULK-{i:D6}"),
            PlacementVersion = 1,
            Presence = i % 20 == 0 ? Presence.Offline : Presence.Online,
        };

    async Task<Guid> BroadcastToAll(Guid unit)
    {
        var chain = Chains.Broadcast(unit, now.AddDays(-1));
        var broadcast = chain.Row.Id;
        await Ask<BroadcastingDb, int>(async db =>
        {
            await db.Store(chain.Acts);
            await db.Store<CaseRow>([chain.Row]);
            return 0;
        });
        var ids = await Enrolled();
        foreach (var some in ids.Index().Chunk(Together))
            await Ask<PlayoutDb, int>(async db =>
            {
                await db.Store(some.Select(s => PlayOf(broadcast, s.Item, s.Index)).ToList());
                return 0;
            });
        return broadcast;
    }

    // Of thirty speakers one failed, one was not reached.
    Play PlayOf(Guid broadcast, Guid speaker, int i) =>
        new()
        {
            SpeakerId = speaker,
            ItemId = broadcast,
            BroadcastId = broadcast,
            Title = "Tin cho tất cả",
            Start = now.AddDays(-1),
            OverAt = now.AddDays(-1).AddMinutes(1),
            Stage = (i % 30) switch
            {
                0 => PlayStage.Failed,
                1 => PlayStage.Waiting,
                _ => PlayStage.Heard,
            },
            Reason = i % 30 == 0 ? "play.unreported" : null,
            Decided = i % 30 > 1,
            SilentMs = 0,
        };

    async Task<Guid> Jobs(Size size, Guid unit)
    {
        var ids = await Enrolled();
        for (var i = made.Jobs; i < size.Jobs; i++)
            await Job(unit, Ago(i), [.. ids.Skip(i % 1_000).Take(CommandsOfJob)]);
        return await Job(unit, now.AddHours(-1), ids);
    }

    async Task<Guid> Job(Guid unit, DateTimeOffset at, IReadOnlyList<Guid> speakers)
    {
        var chain = Chains.Job(unit, at, speakers.Count);
        await Ask<DevicesDb, int>(async db =>
        {
            await db.Store(chain.Acts);
            await db.Store<CaseRow>([chain.Row]);
            foreach (var some in speakers.Index().Chunk(Together))
                await db.Store(some.Select(s => Sent(chain.Row.Id, s.Item, at, s.Index)).ToList());
            return 0;
        });
        return chain.Row.Id;
    }

    static SentCommand Sent(Guid job, Guid speaker, DateTimeOffset at, int i) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            SpeakerId = speaker,
            JobId = job,
            Name = "identify",
            Args = "{}",
            By = "Kỹ thuật viên",
            OfficerId = null,
            PostId = null,
            OrderedAt = at,
            Deadline = at.AddMinutes(5),
            Stage = i % 40 == 0 ? CommandStage.Failed : CommandStage.Done,
            SentAt = at,
            Expires = at.AddMinutes(1),
            Jws = new string('j', 700),
            ReceivedAt = at,
            EndedAt = at,
        };

    Task<List<Guid>> Enrolled() =>
        Ask<DevicesDb, List<Guid>>(db =>
            db.Speakers.Where(s => s.State == SpeakerStates.Enrolled).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync()
        );

    // As the server does each night.
    async Task LookAgain()
    {
        foreach (var entry in services.GetServices<ModuleDbEntry>())
        {
            await using var scope = services.CreateAsyncScope();
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(entry.Type);
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await db.Database.ExecuteSqlRawAsync(
                db.Database.IsSqlite()
                    ? "PRAGMA analysis_limit = 400; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);"
                    : "VACUUM ANALYZE"
            );
        }
        SqliteConnection.ClearAllPools();
    }

    async Task<TResult> Ask<TService, TResult>(Func<TService, Task<TResult>> work)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
