using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Kernel;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>A unit to which a broadcast belongs besides that of its case, because it was ordered by a post of it too.</summary>
sealed class Owner
{
    public required Guid BroadcastId { get; init; }
    public required Guid UnitId { get; init; }
}

/// <summary>The broadcasts of a list that are in sight.</summary>
static class Ownership
{
    /// <summary>The broadcasts that belong to a unit within reach.</summary>
    public static IQueryable<CaseRow> Within(this IQueryable<CaseRow> rows, BroadcastingDb db, Reach reach)
    {
        var owners = db.Owners;
        return rows.InSight(
            reach,
            units => c => units.Contains(c.UnitId) || owners.Any(o => o.BroadcastId == c.Id && units.Contains(o.UnitId))
        );
    }
}
