using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.Devices.Rollouts;

/// <summary>
/// Carries every live rollout on: looks what became of the speakers that were told, decides, and tells the next. All it knows is in
/// the database, so a restart changes nothing.
/// </summary>
sealed partial class RunRollouts(
    IServiceScopeFactory scopes,
    SendUpdates send,
    BulkWriteLock lane,
    TimeProvider clock,
    BackgroundWork<RunRollouts> work
) : LeaderLoop<RunRollouts>("devices.run-rollouts", work)
{
    static readonly TimeSpan Often = TimeSpan.FromSeconds(2);

    protected override Task Loop(CancellationToken stop) => Work.Every(Often, RunAll, stop);

    internal async Task RunAll(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        string[] open = [RolloutProcedure.Live, RolloutProcedure.Paused];
        var ids = await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == RolloutProcedure.Definition.Name && open.Contains(c.State))
            .Select(c => c.Id)
            .ToListAsync(cancel);
        foreach (var id in ids)
            await Run(db, id, cancel);
    }

    async Task Run(DevicesDb db, Guid id, CancellationToken cancel)
    {
        var now = clock.Moment();
        var plan = Plan.Of((await db.FindWithActs(RolloutProcedure.Definition, id, cancel))!);
        var package = await db.Packages.AsNoTracking().FirstAsync(p => p.Id == plan.Package, cancel);
        var facts = new RolloutFacts(db, plan, package, now);
        await lane.Run(() => db.Atomically(() => Take(db, facts, id, cancel), cancel), cancel);
        if (plan.State != RolloutProcedure.Live)
            return;
        if (package.State != PackageProcedure.Signed || package.Read().Expires <= now)
        {
            await Move(db, plan, RolloutProcedure.Stop, new Deed(Comment: Words.Get("rollout.withdrawn")), cancel);
            return;
        }
        if (!await MayGoOn(plan, cancel))
        {
            await Move(
                db,
                plan,
                RolloutProcedure.Stop,
                new Deed(Comment: Words.Get("rollout.right-ended", plan.By)),
                cancel
            );
            return;
        }
        await Decide(db, plan, facts, now, cancel);
        await send.Send(db, plan, package, now, cancel);
    }

    static async Task<bool> Take(DevicesDb db, RolloutFacts facts, Guid id, CancellationToken cancel)
    {
        await facts.Take(cancel);
        if (db.ChangeTracker.HasChanges())
            db.Shows(RolloutProcedure.Definition.Name, id);
        return true;
    }

    async Task<bool> MayGoOn(Plan plan, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var sight = scope.ServiceProvider.GetRequiredService<Sight>();
        await sight.Load(plan.OfficerId, cancel);
        return sight.May(DevicesRights.UpdateSpeakers, plan.UnitId);
    }

    async Task Decide(DevicesDb db, Plan plan, RolloutFacts facts, DateTimeOffset now, CancellationToken cancel)
    {
        switch (RolloutProgress.Next(plan, await facts.Groups(cancel), now))
        {
            case Decision.Advance:
                await Move(db, plan, RolloutProcedure.Advance, new Deed(Plan.AtStage(plan.Stage + 1, now)), cancel);
                break;
            case Decision.Stop:
                Log.Stopped(Work.Log, plan.Label, plan.Id);
                await Move(db, plan, RolloutProcedure.Stop, new Deed(Comment: Words.Get("rollout.failures")), cancel);
                break;
            case Decision.Finish:
                await Move(db, plan, RolloutProcedure.Finish, new Deed(), cancel);
                break;
            case Decision.CountGone:
                await lane.Run(() => db.Atomically(() => facts.CountGone(cancel), cancel), cancel);
                break;
        }
    }

    Task Move(DevicesDb db, Plan plan, string move, Deed deed, CancellationToken cancel) =>
        lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var standing = (await db.Find(RolloutProcedure.Definition, plan.Id, cancel))!;
                        // An officer may have ended it meanwhile: his word stands.
                        if (standing.Allows(move) && Plan.StageOf(standing) == plan.Stage)
                            await db.Move(standing, move, deed, Actor.Server, clock.Moment(), cancel);
                        return true;
                    },
                    cancel
                ),
            cancel
        );

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The rollout of {Label} ({Rollout}) was stopped: too many speakers failed")]
        public static partial void Stopped(ILogger log, string label, Guid rollout);
    }
}
