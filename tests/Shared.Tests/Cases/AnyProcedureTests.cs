using FsCheck;
using FsCheck.Fluent;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cases;

[AnyEngine]
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
                    var (engine, acts) = (Case.Unopened(procedure), new List<Act>());
                    foreach (var attempt in attempts)
                    {
                        var allowed = model.Try(attempt);
                        var next = Take(engine, attempt, acts);
                        if (next is not null != allowed || (next ?? engine).State != model.State)
                            return false;
                        engine = next ?? engine;
                    }
                    return Same(engine, model);
                }
            )
        );

    [Fact]
    public void The_replay_of_the_acts_is_the_snapshot_in_a_real_database() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(50),
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
        var replay = (await db.FindWithActs(procedure, id, CancellationToken.None))!.Case;
        var row = await db.Cases.AsNoTracking().SingleAsync();
        var report = await services.GetRequiredService<Ledger>().Verify(db, CancellationToken.None);
        await services.GetRequiredService<Ledger>().Rebuild(db, CancellationToken.None);
        var rebuilt = await db.Cases.AsNoTracking().SingleAsync();
        return Same(replay, model)
            && Same((await db.Find(procedure, id, CancellationToken.None))!, model)
            && row.SameAs(CaseRow.Of(replay))
            && report.Fault is null
            && rebuilt.SameAs(row);
    }

    // The model has gone ahead: the act to be stored is its last one, or none.
    static async Task<bool> Stored(SampleDb db, Procedure procedure, Guid id, Attempt attempt, int count)
    {
        var actor = new ActingOfficer(Guid.CreateVersion7(), attempt.OfficerId, "Cán bộ", Unit);
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

    static Case? Take(Case engine, Attempt attempt, List<Act> acts)
    {
        var (deed, at) = (attempt.Deed, DateTimeOffset.UnixEpoch);
        var actor = new ActingOfficer(null, attempt.OfficerId, "Cán bộ", Unit);
        var made = acts.Where(a => a.IsBy(actor)).Select(a => a.Move);
        try
        {
            var act = CaseMoves.Next(engine, Unit, Unit, attempt.Move, deed, actor, at, made);
            acts.Add(act);
            return engine.After(act);
        }
        catch (RefusedException)
        {
            return null;
        }
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
