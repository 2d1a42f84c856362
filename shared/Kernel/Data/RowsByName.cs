using Microsoft.EntityFrameworkCore;

namespace Loa.Kernel;

/// <summary>A row that has its place in lists by its name.</summary>
public interface INamedRow
{
    Guid Id { get; }
    string NameKey { get; }
}

/// <summary>A stretch of some rows in the order of their names, however many they are and however far it is from the first.</summary>
/// <param name="all">Those of which some are chosen.</param>
public sealed class RowsByName<TRow>(IQueryable<TRow> all)
    where TRow : class, INamedRow
{
    // So many are sorted; of more, names are walked in their order until the stretch is full, and of any
    // near its ends, where few of all names are passed.
    const int Sortable = 5_000;
    const int NearEnds = 20;

    /// <param name="chosen">Each once.</param>
    /// <param name="count">How many they are.</param>
    public async Task<IReadOnlyList<Guid>> Ids(
        IQueryable<Guid> chosen,
        int count,
        int skip,
        int take,
        CancellationToken cancel
    )
    {
        var stretch = PageStretch.Of(skip, take, count);
        var isNearEnd = (stretch.Skip + stretch.Take) * NearEnds <= count;
        var listed = count > Sortable || isNearEnd ? Walked(chosen) : Joined(chosen);
        var sorted = stretch.FromEnd
            ? listed.OrderByDescending(s => s.NameKey).ThenByDescending(s => s.Id)
            : listed.OrderBy(s => s.NameKey).ThenBy(s => s.Id);
        return stretch.Turned(await sorted.Select(s => s.Id).Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel));
    }

    // Not whether there is any: PostgreSQL would join all of them first.
    IQueryable<TRow> Walked(IQueryable<Guid> chosen) =>
        all.AsNoTracking().Where(s => chosen.Where(id => id == s.Id).Select(id => (Guid?)id).FirstOrDefault() != null);

    IQueryable<TRow> Joined(IQueryable<Guid> chosen) =>
        chosen.Join(all.AsNoTracking(), id => id, s => s.Id, (_, s) => s);
}
