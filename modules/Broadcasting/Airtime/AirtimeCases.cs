using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Airtime;

/// <summary>The one way to what units say of their airtime: by who leads them, and within what the units above allow.</summary>
sealed class AirtimeCases(BroadcastingDb db, PolicyQueries policies, Sight sight, TimeProvider clock)
{
    static readonly TimeSpan furthest = TimeSpan.FromDays(366);

    /// <summary>Who sees the unit, a unit above it or one below may read what it says.</summary>
    public void See(Guid unit)
    {
        if (sight.Tree.Find(unit) is null || !sight.Touches(BroadcastingRights.SeeAirtime, unit))
            throw new MissingException("unit");
    }

    public bool MaySet(Guid unit) => sight.May(BroadcastingRights.SetAirtime, unit);

    /// <summary>What the unit said, the last first.</summary>
    public Task<Act[]> Acts(Guid unit, CancellationToken cancel, int count = LatestActs.Shown)
    {
        var id = AirtimeProcedure.CaseOf(unit);
        return db
            .Acts.AsNoTracking()
            .Where(a => a.CaseId == id)
            .OrderByDescending(a => a.Seq)
            .Take(count)
            .ToArrayAsync(cancel);
    }

    /// <summary>The unit's last word; nothing of its own when it never said any.</summary>
    public async Task<AirPolicy> Own(Guid unit, CancellationToken cancel) =>
        (await policies.All(cancel)).Of(unit) is [.., var last] ? last.Policy : new();

    /// <summary>What would be said at this moment; refused when it may not be.</summary>
    /// <param name="day">From which it counts; at once when absent or begun.</param>
    public async Task<PolicyWord> Word(Guid unit, AirPolicy policy, DateOnly? day, CancellationToken cancel)
    {
        See(unit);
        sight.Demand(BroadcastingRights.SetAirtime, unit);
        var now = clock.Moment();
        var from = day is { } typed && VietnamTime.StartOf(typed) > now ? VietnamTime.StartOf(typed) : now;
        Refuse.If(from > now + furthest, "airtime.too-far");
        Check(policy, (await policies.All(cancel)).Said([.. sight.Tree.PathOf(unit).SkipLast(1)], from, now));
        return new(now, from, policy);
    }

    public async Task<CaseMoved> Say(
        Guid unit,
        AirPolicy policy,
        DateOnly? day,
        string move,
        Deed deed,
        CancellationToken cancel
    )
    {
        var word = await Word(unit, policy, day, cancel);
        var (actor, now) = (sight.Demand(BroadcastingRights.SetAirtime, unit), word.Made);
        var (id, patch) = (AirtimeProcedure.CaseOf(unit), PolicyPatch.Of(policy, word.From));
        return CaseMoved.Of(
            await db.Atomically(
                async () =>
                    deed.Seen > 0 || await db.Find(AirtimeProcedure.Definition, id, cancel) is not null
                        ? await db.Move(
                            AirtimeProcedure.Definition,
                            id,
                            move,
                            deed with
                            {
                                Patch = patch,
                            },
                            actor,
                            now,
                            cancel
                        )
                        : await db.Open(
                            AirtimeProcedure.Definition,
                            id,
                            unit,
                            AirtimeProcedure.Set,
                            deed with
                            {
                                Patch = AirtimeProcedure.Opening(sight.Tree.NameOf(unit), patch),
                            },
                            actor,
                            now,
                            cancel
                        ),
                cancel
            )
        );
    }

    // Each refusal names the unit whose rule it is: the one above that forbids, or the unit itself whose words do not agree.
    void Check(AirPolicy policy, AirPolicy? upper)
    {
        var sessions = policy.Sessions ?? [];
        Refuse.If(
            sessions.Where((one, i) => sessions.Take(i).Any(other => DayTimes.Touch(one, other))).Any(),
            "airtime.sessions-overlap"
        );
        var (merged, cuts) = AirPolicy.Inherit(upper ?? new(), policy);
        var (longest, most) = (merged.Limits?.Longest.TotalMinutes, merged.Limits?.Most);
        Refuse.If(Who("longest-session") is not null, "airtime.longest-session", Who("longest-session"), longest);
        Refuse.If(Who("most-sessions") is not null, "airtime.most-sessions", Who("most-sessions"), most);
        Refuse.If(Who("session-length") is not null, "airtime.session-length", Who("session-length"), longest);
        Refuse.If(Who("session-count") is not null, "airtime.session-count", Who("session-count"), most);
        Refuse.If(Who("session-quiet") is not null, "airtime.session-quiet", Who("session-quiet"));
        Refuse.If(
            Who("repeat") is not null,
            "airtime.repeat",
            Who("repeat"),
            merged.Repeat?.Times,
            merged.Repeat?.Days
        );

        string? Who(string key) =>
            cuts.FirstOrDefault(cut => cut.Key == key) is { } cut ? sight.Tree.NameOf(cut.By) : null;
    }
}
