using FsCheck;
using FsCheck.Fluent;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cases;

public sealed class AnyProcedureTests : IDisposable
{
    static readonly Guid Unit = Guid.CreateVersion7();

    readonly string folder = Directory.CreateTempSubdirectory("loa-cases-").FullName;

    [Fact]
    public void No_sequence_of_moves_outside_the_procedure_is_possible() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_000),
            Prop.ForAll(
                Arb.From(SomeProcedure.Any),
                Arb.From(SomeProcedure.Attempts),
                (procedure, attempts) =>
                {
                    var model = new SmallestModel(procedure);
                    var engine = Case.Unopened(procedure);
                    foreach (var attempt in attempts)
                    {
                        var allowed = model.Try(attempt);
                        if (Take(engine, attempt) != allowed || engine.State != model.State)
                            return false;
                    }
                    return Same(engine, model);
                }
            )
        );

    [Fact]
    public void The_replay_of_the_acts_is_the_snapshot_in_a_real_database() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(25),
            Prop.ForAll(
                Arb.From(SomeProcedure.Any),
                Arb.From(SomeProcedure.Attempts),
                (procedure, attempts) => StoredAsAllowed(procedure, attempts).GetAwaiter().GetResult()
            )
        );

    async Task<bool> StoredAsAllowed(Procedure procedure, Attempt[] attempts)
    {
        await using var services = await Services(procedure);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SampleDb>();
        var (id, model) = (Guid.CreateVersion7(), new SmallestModel(procedure));
        foreach (var attempt in attempts)
            if (model.Try(attempt) != await Stored(db, procedure, id, attempt, model.Count))
                return false;

        if (model.Count == 0)
            return !await db.Cases.AnyAsync();
        var replay = (await db.Find(procedure, id, CancellationToken.None))!;
        var row = await db.Cases.AsNoTracking().SingleAsync();
        var report = await services.GetRequiredService<Ledger>().Verify(db, CancellationToken.None);
        await services.GetRequiredService<Ledger>().Rebuild(db, CancellationToken.None);
        var rebuilt = await db.Cases.AsNoTracking().SingleAsync();
        return Same(replay, model) && row.SameAs(CaseRow.Of(replay)) && report.Fault is null && rebuilt.SameAs(row);
    }

    // The model has gone ahead: the act to be stored is its last one, or none.
    static async Task<bool> Stored(SampleDb db, Procedure procedure, Guid id, Attempt attempt, int count)
    {
        var actor = new Actor(Guid.Empty, attempt.OfficerId, "Cán bộ", Unit);
        var at = DateTimeOffset.UnixEpoch.AddMinutes(count);
        var opened = await db.Cases.AnyAsync();
        try
        {
            if (opened)
                await db.Move(procedure, id, attempt.Move, attempt.Deed, actor, at, CancellationToken.None);
            else
                await db.Open(procedure, id, Unit, attempt.Move, attempt.Deed, actor, at, CancellationToken.None);
            return true;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    async Task<ServiceProvider> Services(Procedure procedure)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddKernel(new Storage { Folder = Path.Combine(folder, Guid.CreateVersion7().ToString()) });
        services.AddCases();
        services.AddModuleDb<SampleDb>("sample");
        services.AddSingleton(procedure);
        var provider = services.BuildServiceProvider();
        await provider.Migrate(CancellationToken.None);
        return provider;
    }

    static bool Take(Case engine, Attempt attempt)
    {
        var act = new Act
        {
            Id = Guid.CreateVersion7(),
            CaseId = Unit,
            Seq = engine.Seq + 1,
            Procedure = engine.Procedure.Name,
            Version = 1,
            Move = attempt.Move,
            UnitId = Unit,
            At = DateTimeOffset.UnixEpoch,
            PostId = Guid.Empty,
            OfficerId = attempt.OfficerId,
            By = "Cán bộ",
            Patch = attempt.Patch.ToJsonString(),
            Comment = attempt.Comment,
            Signature = attempt.Signature,
            Previous = engine.Head,
        }.Sealed();
        try
        {
            engine.Check(act);
        }
        catch (RefusedException)
        {
            return false;
        }
        engine.Apply(act);
        return true;
    }

    static bool Same(Case engine, SmallestModel model) =>
        engine.State == model.State
        && engine.Seq == model.Count
        && engine.Fields.Count == model.Fields.Count
        && engine.Fields.All(f => model.Fields[f.Key] == f.Value.ToJsonString());

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    sealed class SampleDb(DbContextOptions<SampleDb> options) : CaseDb(options);
}
