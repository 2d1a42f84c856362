using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Kernel;

namespace Loa.Broadcasting.Airings;

/// <summary>A unit to which a broadcast belongs besides that of its case, because it was ordered by a post of it too.</summary>
sealed class Owner
{
    public required Guid BroadcastId { get; init; }
    public required Guid UnitId { get; init; }
}

/// <summary>Who may see and stop a broadcast: whoever holds the right over one of the units it belongs to.</summary>
static class Ownership
{
    public static bool May(this Sight sight, string right, Case broadcast) =>
        UnitsOf(broadcast).Any(unit => sight.May(right, unit));

    public static Actor Demand(this Sight sight, string right, Case broadcast) =>
        sight.Demand(right, UnitsOf(broadcast).FirstOrDefault(unit => sight.May(right, unit), broadcast.UnitId));

    /// <summary>The broadcasts that belong to a unit within reach.</summary>
    public static IQueryable<CaseRow> Within(this IQueryable<CaseRow> rows, BroadcastingDb db, Reach reach) =>
        reach.Everywhere
            ? rows
            : rows.Where(c =>
                reach.Units.Contains(c.UnitId)
                || db.Owners.Any(o => o.BroadcastId == c.Id && reach.Units.Contains(o.UnitId))
            );

    static IEnumerable<Guid> UnitsOf(Case broadcast) =>
        broadcast.Texts(BroadcastProcedure.Owners).Select(Guid.Parse).Prepend(broadcast.UnitId);
}
