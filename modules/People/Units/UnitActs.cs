using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;

namespace Loa.People.Units;

/// <summary>Records what happened to a unit, from a day on; the tree of that day and later follows at once.</summary>
sealed class UnitActs(PeopleDb db, IUnits units, UnitRegister register, Sight sight, TimeProvider clock)
{
    /// <summary>The unit as it is on the day of the act, if the asker manages units there.</summary>
    public async Task<(Unit Unit, UnitTree Tree, Actor Actor)> Demand(
        Guid id,
        DateOnly effective,
        CancellationToken cancel
    )
    {
        var tree = await units.AsOf(effective, cancel);
        var unit = tree.Find(id) ?? throw new MissingException("unit");
        // Over where it stands today; what is not there today is the province's business.
        var actor = sight.Tree.Find(id) is not null ? sight.Demand(Rights.ManageUnits, id) : DemandProvince();
        return (unit, tree, actor);
    }

    public Actor DemandProvince() =>
        sight.Tree.Roots.Select(r => sight.Demand(Rights.ManageUnits, r.Id)).FirstOrDefault()
        ?? throw new ForbiddenException(Rights.ManageUnits);

    public async Task Establish(Guid id, JsonObject patch, DateOnly effective, Actor actor, CancellationToken cancel)
    {
        patch["effective"] = UnitStep.Text(effective);
        await db.Open(UnitProcedure.V1, id, id, UnitProcedure.Establish, new(patch), actor, clock.Moment(), cancel);
        register.Forget();
    }

    public async Task Move(
        Guid id,
        string move,
        JsonObject patch,
        DateOnly effective,
        string? reason,
        Actor actor,
        CancellationToken cancel
    )
    {
        patch["effective"] = UnitStep.Text(effective);
        await db.Move(UnitProcedure.V1, id, move, new(patch, reason), actor, clock.Moment(), cancel);
        register.Forget();
    }
}
