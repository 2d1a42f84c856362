using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Kernel;
using Loa.People.Data;

namespace Loa.People.Officers;

/// <summary>What every act about an officer needs: find him, know that one may, record it so that it counts at once.</summary>
sealed class OfficerDesk(PeopleDb db, Sight sight, PostBook posts, TimeProvider clock)
{
    public async Task<Officer> Get(Guid id, CancellationToken cancel) =>
        await db.Find(OfficerProcedure.V1, id, cancel) is { } found
            ? Officer.Of(found)
            : throw new MissingException("officer");

    /// <summary>One manages an officer who manages officers everywhere he serves: else the small could lock out the great.</summary>
    public Actor Demand(Officer officer)
    {
        var day = clock.Today();
        Guid[] units =
        [
            .. officer.Posts.Where(p => !p.IsOver(day) && sight.Tree.Find(p.UnitId) is not null).Select(p => p.UnitId),
        ];
        Actor? actor = null;
        foreach (var unit in units.Length > 0 ? units : sight.Tree.Roots.Select(r => r.Id))
            actor = sight.Demand(Rights.ManageOfficers, unit);
        return actor ?? throw new ForbiddenException(Rights.ManageOfficers);
    }

    public async Task Move(
        Guid id,
        string move,
        JsonObject? patch,
        string? reason,
        Actor actor,
        CancellationToken cancel,
        Guid? toUnit = null
    )
    {
        await db.Move(OfficerProcedure.V1, id, move, new(patch, reason), actor, clock.Moment(), cancel, toUnit);
        posts.Forget(id);
    }
}
