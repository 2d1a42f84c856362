using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Cluster;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;

namespace Loa.People.Units;

/// <summary>Records what happened to a unit, from a day on; the tree of that day and later follows at once.</summary>
sealed class UnitCases(PeopleDb db, IUnits units, INodeCaches caches, Sight sight, TimeProvider clock)
{
    static readonly DateOnly First = new(1900, 1, 1);
    const int MostYears = 20;

    /// <summary>The unit as it is on the day of the act, if the asker manages units there.</summary>
    public async Task<(Unit Unit, UnitTree Tree, ActingOfficer Actor)> Demand(
        Guid id,
        DateOnly effective,
        CancellationToken cancel
    )
    {
        DemandDay(effective);
        var tree = await units.AsOf(effective, cancel);
        var unit = tree.Find(id) ?? throw new MissingException("unit");
        // Over where it stands today; what is not there today is the province's business.
        var actor = sight.Tree.Find(id) is not null ? sight.Demand(PeopleRights.ManageUnits, id) : DemandProvince();
        return (unit, tree, actor);
    }

    /// <summary>A slip in the year is told; a day at the end of the calendar has no day beside it.</summary>
    public void DemandDay(DateOnly effective) =>
        Refuse.Unless(
            effective >= First && effective <= clock.Today().AddYears(MostYears),
            "unit.day-out-of-range",
            First.Year,
            MostYears
        );

    public ActingOfficer DemandProvince() =>
        sight.Tree.Roots.Select(r => sight.Demand(PeopleRights.ManageUnits, r.Id)).FirstOrDefault()
        ?? throw new ForbiddenException(PeopleRights.ManageUnits);

    public Task Establish(Guid id, JsonObject patch, DateOnly effective, Actor actor, CancellationToken cancel) =>
        Store(
            id,
            UnitProcedure.Establish,
            patch,
            effective,
            _ =>
                db.Open(
                    UnitProcedure.Definition,
                    id,
                    id,
                    UnitProcedure.Establish,
                    new(patch),
                    actor,
                    clock.Moment(),
                    cancel
                ),
            cancel
        );

    /// <param name="alsoAsk">What else must hold of the units as they are before the act.</param>
    public Task Move(
        Guid id,
        string move,
        JsonObject patch,
        DateOnly effective,
        string? reason,
        Actor actor,
        CancellationToken cancel,
        Action<UnitHistory>? alsoAsk = null
    ) =>
        Store(
            id,
            move,
            patch,
            effective,
            history =>
            {
                alsoAsk?.Invoke(history);
                return db.Move(UnitProcedure.Definition, id, move, new(patch, reason), actor, clock.Moment(), cancel);
            },
            cancel
        );

    // The tree is asked inside the transaction that writes: of two who move units at once, the second sees the first.
    async Task Store(
        Guid id,
        string move,
        JsonObject patch,
        DateOnly effective,
        Func<UnitHistory, Task> store,
        CancellationToken cancel
    )
    {
        patch["effective"] = UnitStep.Text(effective);
        await db.Atomically(
            async () =>
            {
                var history = await UnitHistory.Read(db, cancel);
                await store(history);
                TreeRules.Check(history, new(id, history.NextSeq(id), move, effective, patch));
            },
            cancel
        );
        caches.Forget<UnitRegister>(id);
    }
}
