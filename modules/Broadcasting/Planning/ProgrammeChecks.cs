using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Kernel;

namespace Loa.Broadcasting.Planning;

/// <summary>Every rule that a programme has to keep before it is stored and before it begins, those of an order among them.</summary>
sealed class ProgrammeChecks(IReleases releases, Sight sight, TimeProvider clock)
{
    // What speakers are told reaches as far back.
    static readonly TimeSpan longest = TimeSpan.FromHours(4);

    /// <summary>The posts by which the right is used, one for each unit that the programme then belongs to.</summary>
    public ActingOfficer[] Actors(IEnumerable<Guid> units) =>
        [.. units.Select(u => sight.Demand(BroadcastingRights.OrderBroadcasts, u)).DistinctBy(a => a.UnitId)];

    /// <summary>The plan as it was asked for; refused unless speakers in its units would believe every item of it.</summary>
    /// <param name="before">The plan whose place it takes.</param>
    public async Task<(ProgrammePlan Plan, AirClass Class)> Plan(
        ProgrammeRequest asked,
        ProgrammePlan? before,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrWhiteSpace(asked.Name))
            throw new InvalidException("name", "required");
        var bulletins = await Approved(asked.Items, cancel);
        var plan = new ProgrammePlan(
            clock.Moment(),
            [
                .. asked.Items.Select(id => new ProgrammeItem(
                    id,
                    bulletins[id].Title,
                    bulletins[id].Duration,
                    asked.Jingles?.Contains(id) == true
                )),
            ],
            TimeSpan.FromSeconds(asked.Gap),
            asked.When(before?.Times.Moved),
            [.. asked.Units.Distinct()],
            [.. (asked.Except ?? []).Distinct()],
            asked.GoesOn
        );
        return (plan, await Check(plan, bulletins, cancel));
    }

    /// <summary>A plan that was stored before, as things stand now.</summary>
    public async Task<AirClass> Check(ProgrammePlan plan, CancellationToken cancel) =>
        await Check(plan, await Approved(plan.Items.Select(item => item.Bulletin), cancel), cancel);

    async Task<IReadOnlyDictionary<Guid, ReleasedBulletin>> Approved(IEnumerable<Guid> items, CancellationToken cancel)
    {
        var wanted = items.Distinct().ToList();
        var bulletins = await releases.Find(wanted, cancel);
        Refuse.Unless(wanted.All(bulletins.ContainsKey), "broadcast.not-approved");
        return bulletins;
    }

    async Task<AirClass> Check(
        ProgrammePlan plan,
        IReadOnlyDictionary<Guid, ReleasedBulletin> bulletins,
        CancellationToken cancel
    )
    {
        var now = clock.Moment();
        var @class = bulletins[plan.Items[0].Bulletin].Class;
        Refuse.If(plan.Items.All(item => item.IsJingle), "programme.only-jingles");
        Refuse.If(bulletins.Values.Any(b => b.Class == AirClass.Emergency), "programme.emergency");
        Refuse.If(bulletins.Values.Any(b => b.Class != @class), "programme.mixed-classes");
        Refuse.If(plan.Length > longest, "programme.too-long");
        Refuse.If(plan.Series.Next(now, 1).Count == 0, "programme.never");
        Refuse.Unless(
            plan.Except.All(e => plan.Units.Any(u => e != u && sight.Tree.IsInside(e, u))),
            "programme.except-outside"
        );
        foreach (var bulletin in bulletins.Values)
        {
            Refuse.If(bulletin.ValidTo <= now, "broadcast.release-expired");
            Refuse.Unless(
                plan.Units.All(u => bulletin.Units.Any(r => sight.Tree.IsInside(u, r))),
                "programme.outside-release",
                bulletin.Title
            );
            var fault = await releases.Fault(bulletin, plan.Units, cancel);
            Refuse.If(fault is not null, "broadcast.release-refused", fault?.Sentence);
        }
        return @class;
    }

    public static JsonObject Patch(string name, AirClass @class, IEnumerable<ProgrammePlan> plans, ProgrammePlan plan)
    {
        var patch = ProgrammeCases.Patch(plans);
        patch["title"] = name;
        patch["class"] = AirWord.Of(@class);
        patch[ProgrammeProcedure.Units] = Texts(plan.Units);
        return patch;
    }

    public static JsonArray Texts(IEnumerable<Guid> ids) => [.. ids.Select(id => JsonValue.Create(id.ToString()))];
}
