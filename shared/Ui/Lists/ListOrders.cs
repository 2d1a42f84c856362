using System.Linq.Expressions;

namespace Loa.Ui;

/// <summary>The orders in which a database lists its rows, by column. Each ends the same way, so that no two rows ever change places.</summary>
public sealed class ListOrders<TRow>
{
    readonly Dictionary<string, Func<IQueryable<TRow>, bool, IOrderedQueryable<TRow>>> orders = new(
        StringComparer.Ordinal
    );
    readonly List<Func<IOrderedQueryable<TRow>, bool, IOrderedQueryable<TRow>>> ends = [];

    public ListOrders<TRow> By<TKey>(string column, Expression<Func<TRow, TKey>> key)
    {
        orders[column] = (rows, descending) => descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
        return this;
    }

    /// <summary>What tells apart those that are alike so far.</summary>
    public ListOrders<TRow> Then<TKey>(Expression<Func<TRow, TKey>> key)
    {
        ends.Add((rows, descending) => descending ? rows.ThenByDescending(key) : rows.ThenBy(key));
        return this;
    }

    public IOrderedQueryable<TRow> Of(IQueryable<TRow> rows, string column, bool descending) =>
        ends.Aggregate(orders[column](rows, descending), (sorted, end) => end(sorted, descending));
}
