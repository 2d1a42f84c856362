using System.Linq.Expressions;

namespace Loa.Kernel;

/// <summary>What of a list is in sight: the one place where a list is narrowed to it.</summary>
public static class SightOfRows
{
    /// <param name="belong">Which rows belong to one of the units, for the database to ask.</param>
    public static IQueryable<TRow> InSight<TRow>(
        this IQueryable<TRow> rows,
        Reach reach,
        Func<IReadOnlyList<Guid>, Expression<Func<TRow, bool>>> belong
    ) => reach.Everywhere ? rows : rows.Where(belong(reach.Units));
}
