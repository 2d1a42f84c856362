using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>Tells the speakers whose turn it is to update, each by a command of its own, no more at once than the plan says.</summary>
sealed class SendUpdates(IConnectionRegistry connections, CommandDispatch dispatch, BulkWriteLock lane)
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public async Task Send(DevicesDb db, Plan plan, StoredPackage package, DateTimeOffset now, CancellationToken cancel)
    {
        // Nothing is sent that could arrive when the window has closed.
        var lifetime = plan.Window is { } window && window.Left(now) is var left && left < Lifetime ? left : Lifetime;
        if (lifetime < TimeSpan.FromSeconds(30))
            return;
        // The newest acts, once more: an officer may have paused it a moment ago.
        var isLive = await db
            .Cases.AsNoTracking()
            .AnyAsync(c => c.Id == plan.Id && c.State == RolloutProcedure.Live, cancel);
        var next = isLive ? await Next(db, plan, package, cancel) : [];
        if (next.Length == 0)
            return;
        var named = CommandArguments(package);
        var commands = next.ToDictionary(speaker => speaker, _ => Guid.CreateVersion7());
        var stored = await lane.Run(
            () => db.Atomically(() => Store(db, plan, commands, named, now, now + lifetime, cancel), cancel),
            cancel
        );
        await dispatch.Send(stored, cancel);
    }

    static string CommandArguments(StoredPackage package) =>
        SentCommand.Write(new CommandArgs(Package: Jws.Digest(package.Jws!)));

    async Task<Guid[]> Next(DevicesDb db, Plan plan, StoredPackage package, CancellationToken cancel)
    {
        var underWay = await db.Targets.CountAsync(t => t.RolloutId == plan.Id && t.State == TargetState.Sent, cancel);
        if (underWay >= plan.Pace)
            return [];
        var ready =
            from t in db.Targets.AsNoTracking()
            where t.RolloutId == plan.Id && t.State == TargetState.Waiting && t.Group <= plan.Stage
            join s in db.Speakers on t.SpeakerId equals s.Id
            where s.State == SpeakerStates.Enrolled && s.Presence == Presence.Online
            // Offered only upward.
            where ((package.Kind == PackageKind.Software ? s.Software : s.Configuration) ?? 0) < package.Version
            orderby t.Group, t.SpeakerId
            select t.SpeakerId;
        var ids = await ready.Take(plan.Pace - underWay).ToListAsync(cancel);
        return [.. (await connections.Find(ids, cancel)).Keys];
    }

    // Only those that nobody else has told meanwhile.
    static async Task<Guid[]> Store(
        DevicesDb db,
        Plan plan,
        Dictionary<Guid, Guid> commands,
        string args,
        DateTimeOffset now,
        DateTimeOffset deadline,
        CancellationToken cancel
    )
    {
        Guid[] ids = [.. commands.Keys];
        var targets = await db
            .Targets.Where(t => t.RolloutId == plan.Id && t.State == TargetState.Waiting && ids.Contains(t.SpeakerId))
            .ToListAsync(cancel);
        db.Shows(RolloutProcedure.Definition.Name, plan.Id);
        foreach (var target in targets)
        {
            var command = commands[target.SpeakerId];
            (target.State, target.CommandId, target.SentAt) = (TargetState.Sent, command, now);
            target.Tries++;
            db.Add(
                new SentCommand
                {
                    Id = command,
                    SpeakerId = target.SpeakerId,
                    Name = Command.Update,
                    Args = args,
                    By = plan.By,
                    OfficerId = plan.OfficerId,
                    PostId = plan.PostId,
                    OrderedAt = now,
                    Deadline = deadline,
                }
            );
        }
        return [.. targets.Select(t => t.CommandId!.Value)];
    }
}
