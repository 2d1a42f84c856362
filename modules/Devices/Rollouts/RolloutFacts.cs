using Loa.Air;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>
/// What became of the speakers of one rollout. Done is who reports the version himself; a receipt alone proves nothing. Failed is who
/// said so, who went back to what he had, and who was silent for too long.
/// </summary>
sealed class RolloutFacts(DevicesDb db, Plan plan, StoredPackage package, DateTimeOffset now)
{
    const int MostTries = 3;

    public async Task<bool> Take(CancellationToken cancel)
    {
        var open =
            from t in db.Targets
            where t.RolloutId == plan.Id && t.State == TargetState.Sent
            join s in db.Speakers on t.SpeakerId equals s.Id
            join c in db.Commands on t.CommandId equals c.Id into commands
            from c in commands.DefaultIfEmpty()
            select new
            {
                Target = t,
                s.State,
                Version = package.Kind == PackageKind.Software ? s.Software : s.Configuration,
                Command = c,
            };
        foreach (var one in await open.ToListAsync(cancel))
            Judge(one.Target, one.State, one.Version, one.Command);
        await TakeBack(cancel);
        await LetGo(cancel);
        return true;
    }

    void Judge(RolloutTarget target, string state, long? version, SentCommand? command)
    {
        if (state != SpeakerStates.Enrolled)
            target.End(TargetState.Skipped, now);
        else if (version >= package.Version)
            target.End(TargetState.Done, now);
        else if (command is { Stage: CommandStage.Failed or CommandStage.Refused })
            target.End(TargetState.Failed, now, command.Reason ?? "command." + command.Stage);
        else if (command is { Stage: CommandStage.Sent } && now > command.Expires)
            // It never heard of it: it is told again when it is there.
            Retry(target);
        else if (now > target.SentAt + plan.Within)
            target.End(TargetState.Failed, now, RolloutTarget.Silent);
    }

    void Retry(RolloutTarget target)
    {
        if (target.Tries >= MostTries)
            target.End(TargetState.Failed, now, RolloutTarget.Silent);
        else
            (target.State, target.CommandId, target.SentAt) = (TargetState.Waiting, null, null);
    }

    // Who was done and reports an older version went back by himself: the release did not do there.
    async Task TakeBack(CancellationToken cancel)
    {
        var back =
            from t in db.Targets
            where t.RolloutId == plan.Id && t.State == TargetState.Done
            join s in db.Speakers on t.SpeakerId equals s.Id
            where (package.Kind == PackageKind.Software ? s.Software : s.Configuration) < package.Version
            select t;
        foreach (var target in await back.ToListAsync(cancel))
            target.End(TargetState.Failed, now, RolloutTarget.RolledBack);
    }

    // Who waits and has it by another way is done; who left the fleet is left out.
    async Task LetGo(CancellationToken cancel)
    {
        var over =
            from t in db.Targets
            where t.RolloutId == plan.Id && t.State == TargetState.Waiting
            join s in db.Speakers on t.SpeakerId equals s.Id
            where
                s.State != SpeakerStates.Enrolled
                || (package.Kind == PackageKind.Software ? s.Software : s.Configuration) >= package.Version
            select new { Target = t, s.State };
        foreach (var one in await over.ToListAsync(cancel))
            one.Target.End(one.State == SpeakerStates.Enrolled ? TargetState.Done : TargetState.Skipped, now);
    }

    public async Task<bool> CountGone(CancellationToken cancel)
    {
        var gone =
            from t in db.Targets
            where t.RolloutId == plan.Id && t.State == TargetState.Done && t.Group == plan.Stage
            join s in db.Speakers on t.SpeakerId equals s.Id
            where s.Presence != Presence.Online
            select t;
        foreach (var target in await gone.ToListAsync(cancel))
            target.End(TargetState.Failed, now, RolloutTarget.Gone);
        return true;
    }

    public async Task<IReadOnlyList<GroupTally>> Groups(CancellationToken cancel) =>
        await Groups(await new RolloutSpeakers(db, plan.Id, package).Sections(cancel), cancel);

    /// <param name="sections">Its speakers, counted.</param>
    public async Task<IReadOnlyList<GroupTally>> Groups(
        IReadOnlyList<RolloutSection> sections,
        CancellationToken cancel
    )
    {
        var all = sections.ToDictionary(s => (s.Group, s.State));
        // From those who are away to their targets, for they are the smaller part.
        var away = await db
            .Database.SqlQuery<AwayCount>(
                $"""
                SELECT t."Group", t."State", CAST(COUNT(*) AS integer) AS "Count"
                FROM "Speakers" AS s CROSS JOIN "RolloutTargets" AS t
                WHERE s."Presence" <> {Presence.Online} AND t."SpeakerId" = s."Id" AND t."RolloutId" = {plan.Id}
                GROUP BY t."Group", t."State"
                """
            )
            .ToDictionaryAsync(c => (c.Group, c.State), c => c.Count, cancel);
        return
        [
            .. Enumerable
                .Range(0, plan.LastStage + 1)
                .Select(group => new GroupTally(
                    Of(group, TargetState.Waiting) - AwayOf(group, TargetState.Waiting),
                    AwayOf(group, TargetState.Waiting),
                    Of(group, TargetState.Sent),
                    Of(group, TargetState.Done),
                    Of(group, TargetState.Failed),
                    AwayOf(group, TargetState.Done),
                    all.GetValueOrDefault((group, TargetState.Done))?.Last
                )),
        ];

        int Of(int group, TargetState state) => all.GetValueOrDefault((group, state))?.Count ?? 0;
        int AwayOf(int group, TargetState state) => away.GetValueOrDefault((group, state));
    }

    sealed record AwayCount(int Group, TargetState State, int Count);
}
