namespace Loa.Devices.Rollouts;

/// <summary>How many speakers of one group stand where.</summary>
/// <param name="Ready">Waiting and connected.</param>
/// <param name="Away">Waiting and not connected.</param>
/// <param name="Gone">Done, and not connected since.</param>
/// <param name="LastDone">When the last of them was done.</param>
readonly record struct GroupTally(
    int Ready,
    int Away,
    int Sent,
    int Done,
    int Failed,
    int Gone = 0,
    DateTimeOffset? LastDone = null
)
{
    public int Size => Ready + Away + Sent + Done + Failed;
}

/// <summary>What is to happen with a rollout now.</summary>
enum Decision
{
    Wait,
    Advance,
    Stop,
    Finish,

    /// <summary>Who was done and has not come back counts as failed.</summary>
    CountGone,
}

/// <summary>The rule by which a rollout goes on: nothing but numbers in, so that it can be read and tested alone.</summary>
static class RolloutProgress
{
    /// <param name="groups">All groups, the canary first.</param>
    public static Decision Next(Plan plan, IReadOnlyList<GroupTally> groups, DateTimeOffset now)
    {
        // A release that fails in any group that it has reached is bad, however well it went before.
        if (groups.Take(plan.Stage + 1).Any(g => g.Failed > plan.MayFail(g.Size)))
            return Decision.Stop;
        var group = groups[plan.Stage];
        var decided = group.Done + group.Failed;
        if (group.Sent > 0 || group.Ready > 0)
            return Decision.Wait;
        if (decided == 0)
            return group.Size == 0 ? Onward(plan, groups) : Decision.Wait;
        if (group.Done * 100 < plan.Threshold * decided)
            return Decision.Stop;
        var soaked = (group.LastDone ?? now) + plan.Soak;
        if (now < soaked)
            return Decision.Wait;
        if (group.Gone > 0)
            return now < soaked + plan.Within ? Decision.Wait : Decision.CountGone;
        return Onward(plan, groups);
    }

    static Decision Onward(Plan plan, IReadOnlyList<GroupTally> groups)
    {
        if (plan.Stage < plan.LastStage)
            return Decision.Advance;
        // Who is away is waited for.
        return groups.All(g => g.Ready + g.Away + g.Sent == 0) ? Decision.Finish : Decision.Wait;
    }
}
