using System.Runtime.CompilerServices;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>
/// Some speakers in an order, always the same: of those that are alike commune, hamlet and name decide. It is counted how many
/// are alike in each unit, and only those of the page are looked for, however far it is from the first.
/// </summary>
/// <param name="groups">All of them, counted place by place.</param>
sealed class SpeakersInOrder(UnitTree tree, string column, bool descending, IReadOnlyList<SpeakerGroup> groups)
{
    public const string Place = "unit";

    // A file is read in parts of about so many.
    const int Part = 1_000;

    static readonly ListOrders<Speaker> orders = new ListOrders<Speaker>()
        .By("name", s => s.NameKey)
        .By("serial", s => s.Serial)
        .Then(s => s.NameKey)
        .Then(s => s.Id);

    readonly SpeakerSegments? segments = SpeakerSegments.ByColumn.GetValueOrDefault(column);

    public async Task<IReadOnlyList<Guid>> Ids(IQueryable<Speaker> some, int skip, int take, CancellationToken cancel)
    {
        if (segments is not null)
            return await IdsOf(segments, some, skip, take, cancel);
        var stretch = PageStretch.Of(skip, take, groups.Sum(g => g.Count));
        var ids = orders.Of(some, column, descending ^ stretch.FromEnd).Select(s => s.Id);
        return stretch.Turned(await ids.Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel));
    }

    /// <summary>All of them, in parts that follow each other.</summary>
    /// <param name="read">Reads what is shown of them.</param>
    /// <param name="place">Where one of what was read stands.</param>
    public async IAsyncEnumerable<TRow> All<TRow>(
        IQueryable<Speaker> some,
        Func<IQueryable<Speaker>, IQueryable<TRow>> read,
        Func<TRow, (Guid Unit, string NameKey, Guid Id)> place,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        if (segments is null)
        {
            await foreach (
                var row in read(orders.Of(some, column, descending)).AsAsyncEnumerable().WithCancellation(cancel)
            )
                yield return row;
            yield break;
        }
        foreach (var part in Parts(Sorted(segments)))
        {
            Guid[] units = [.. part.Select(one => one.UnitId)];
            var found = await read(segments.Of(some, part[0]).Where(s => units.Contains(s.UnitId))).ToListAsync(cancel);
            var sorted = found.OrderBy(place, Comparer<(Guid, string, Guid)>.Create(Compare));
            foreach (var row in descending ? sorted.Reverse() : sorted)
                yield return row;
        }
    }

    async Task<IReadOnlyList<Guid>> IdsOf(
        SpeakerSegments by,
        IQueryable<Speaker> some,
        int skip,
        int take,
        CancellationToken cancel
    )
    {
        var ids = new List<Guid>(take);
        foreach (var one in Sorted(by))
        {
            if (skip < one.Count)
                ids.AddRange(
                    await orders
                        .Of(by.Of(some, one).Where(s => s.UnitId == one.UnitId), "name", descending)
                        .Select(s => s.Id)
                        .Skip(skip)
                        .Take(take - ids.Count)
                        .ToListAsync(cancel)
                );
            if (ids.Count == take)
                break;
            skip = Math.Max(0, skip - one.Count);
        }
        return ids;
    }

    IReadOnlyList<SpeakerSegment> Sorted(SpeakerSegments by)
    {
        var found = by.In(groups).ToList();
        var keys = found
            .Select(one => one.Text)
            .Distinct()
            .ToDictionary(text => text, by.KeyOf, StringComparer.Ordinal);
        var sorted = found
            .OrderBy(one => keys[one.Text], StringComparer.Ordinal)
            .ThenBy(one => one.Text, StringComparer.Ordinal)
            .ThenBy(one => one.Number)
            .ThenBy(one => tree.RankOf(one.UnitId))
            .ThenBy(one => one.UnitId);
        return [.. descending ? sorted.Reverse() : sorted];
    }

    // Neighbours that are alike are read together.
    static IEnumerable<List<SpeakerSegment>> Parts(IReadOnlyList<SpeakerSegment> sorted)
    {
        var part = new List<SpeakerSegment>();
        foreach (var one in sorted)
        {
            if (
                part.Count > 0
                && ((part[0].Text, part[0].Number) != (one.Text, one.Number) || part.Sum(p => p.Count) >= Part)
            )
            {
                yield return part;
                part = [];
            }
            part.Add(one);
        }
        if (part.Count > 0)
            yield return part;
    }

    int Compare((Guid Unit, string NameKey, Guid Id) a, (Guid Unit, string NameKey, Guid Id) b)
    {
        var order = tree.RankOf(a.Unit).CompareTo(tree.RankOf(b.Unit));
        if (order == 0)
            order = a.Unit.CompareTo(b.Unit);
        if (order == 0)
            order = string.CompareOrdinal(a.NameKey, b.NameKey);
        return order == 0 ? string.CompareOrdinal(a.Id.ToString(), b.Id.ToString()) : order;
    }
}
