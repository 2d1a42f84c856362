using Loa.Vietnamese;

namespace Loa.Contracts.People;

/// <summary>
/// A node of the administrative tree on one day. Its id is ours and never re-used;
/// the statistics code and the QĐ 20/2020 identification code stand beside it, because codes are re-used for other places.
/// </summary>
public sealed record Unit(
    Guid Id,
    string Name,
    string Kind,
    Guid? ParentId,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    string? StatisticsCode,
    string? IdentificationCode,
    double? Latitude,
    double? Longitude,
    IReadOnlyList<Guid> Predecessors
)
{
    /// <summary>What the unit was called that it lay below before the one of today; null when it always lay there.</summary>
    public string? CameFrom { get; init; }
}

/// <summary>
/// The units that are valid on one day, as a tree whatever their acts say: what lies in a ring or below nothing is hung under
/// the root and told in <see cref="Faults"/>. Immutable, so it may be shared and kept.
/// </summary>
public sealed class UnitTree
{
    readonly Dictionary<Guid, Unit> units;
    readonly ILookup<Guid, Unit> children;
    readonly Dictionary<Guid, string> namesOfTwins;
    readonly Lazy<Dictionary<Guid, int>> ranks;

    public UnitTree(DateOnly day, IEnumerable<Unit> units)
    {
        Day = day;
        this.units = units.ToDictionary(u => u.Id);
        Faults = Straighten();
        children = InOrder().ToLookup(u => u.ParentId ?? Guid.Empty);
        namesOfTwins = TellApart();
        ranks = new(ByNames);
    }

    public DateOnly Day { get; }

    /// <summary>The units that do not stand where their acts say; empty as it should be.</summary>
    public IReadOnlyList<UnitFault> Faults { get; }

    public int Count => units.Count;

    public IEnumerable<Unit> All => units.Values;

    public IEnumerable<Unit> Roots => children[Guid.Empty];

    public Unit? Find(Guid id) => units.GetValueOrDefault(id);

    /// <summary>
    /// What a person calls the unit among those beside it. Two hamlets of one name, brought together by a merger, are told apart by
    /// the commune each came from: "Ấp 2 (xã Lộc Hiệp cũ)".
    /// </summary>
    public string NameOf(Guid id) =>
        namesOfTwins.TryGetValue(id, out var name) ? name
        : units.TryGetValue(id, out var unit) ? unit.Name
        : "—";

    /// <summary>The unit and the one above it, as a person says where a thing is: "Ấp 1, Xã Lộc Tấn".</summary>
    public string PlaceOf(Guid id) =>
        Find(id)?.ParentId is { } parent && Find(parent) is { ParentId: not null } above
            ? $"{NameOf(id)}, {above.Name}"
            : NameOf(id);

    public IEnumerable<Unit> ChildrenOf(Guid id) => children[id];

    /// <summary>
    /// Its place when all units are read out by their names, each followed by those below it; what is not valid on this day comes last.
    /// </summary>
    public int RankOf(Guid id) => ranks.Value.GetValueOrDefault(id, int.MaxValue);

    /// <summary>From the root (the province) down to the unit itself; empty when the unit is not valid on this day.</summary>
    public IReadOnlyList<Guid> PathOf(Guid id)
    {
        var path = new List<Guid>(5);
        for (var unit = Find(id); unit is not null; unit = unit.ParentId is { } parent ? Find(parent) : null)
            path.Insert(0, unit.Id);
        return path;
    }

    /// <summary>Whether <paramref name="id"/> is <paramref name="root"/> or lies below it.</summary>
    public bool IsInside(Guid id, Guid root)
    {
        for (var unit = Find(id); unit is not null; unit = unit.ParentId is { } parent ? Find(parent) : null)
            if (unit.Id == root)
                return true;
        return false;
    }

    /// <summary>The unit and all below it, parents first.</summary>
    public IEnumerable<Unit> SubtreeOf(Guid root)
    {
        if (Find(root) is not { } top)
            yield break;
        var open = new Stack<Unit>([top]);
        while (open.TryPop(out var unit))
        {
            yield return unit;
            foreach (var child in children[unit.Id].Reverse())
                open.Push(child);
        }
    }

    /// <summary>The units and all below them, each once; null when that is the whole tree.</summary>
    public Guid[]? Below(IReadOnlyCollection<Guid> roots) =>
        Roots.All(r => roots.Contains(r.Id)) ? null : [.. roots.SelectMany(SubtreeOf).Select(u => u.Id).Distinct()];

    Dictionary<Guid, int> ByNames()
    {
        var places = new Dictionary<Guid, int>(units.Count);
        var open = new Stack<Unit>(LastNameFirst(Roots));
        while (open.TryPop(out var unit))
        {
            places[unit.Id] = places.Count;
            foreach (var child in LastNameFirst(children[unit.Id]))
                open.Push(child);
        }
        return places;
    }

    IEnumerable<Unit> LastNameFirst(IEnumerable<Unit> some) =>
        some.OrderByDescending(unit => SortKey.Of(NameOf(unit.Id)), StringComparer.Ordinal);

    // From here on every walk upwards ends at a root, and every unit is reached from one.
    IReadOnlyList<UnitFault> Straighten()
    {
        var named = units.ToDictionary(u => u.Key, u => u.Value.ParentId);
        var faults = UnitFaults.Find(named, out var hung);
        if (hung.Count == 0)
            return faults;
        var top = InOrder().FirstOrDefault(u => u.ParentId is null)?.Id ?? UnitFaults.Topmost(hung, named);
        foreach (var id in hung)
            units[id] = units[id] with { ParentId = id == top ? null : top };
        return faults;
    }

    Dictionary<Guid, string> TellApart()
    {
        var names = new Dictionary<Guid, string>();
        foreach (
            var twins in units.Values.GroupBy(u => (u.ParentId, Folded: SortKey.Of(u.Name))).Where(g => g.Count() > 1)
        )
        foreach (var alike in twins.GroupBy(u => u.CameFrom, StringComparer.Ordinal))
        {
            // Of those that even came from one commune, the number tells them apart.
            var number = 0;
            foreach (var unit in alike.OrderBy(u => u.ValidFrom).ThenBy(u => u.Id))
                names[unit.Id] = Apart(unit, alike.Key, ++number);
        }
        return names;
    }

    static string Apart(Unit unit, string? origin, int number)
    {
        var name = origin is null ? unit.Name : $"{unit.Name} ({char.ToLowerInvariant(origin[0])}{origin[1..]} cũ)";
        return number == 1 ? name : $"{name} · {number}";
    }

    IEnumerable<Unit> InOrder() =>
        units
            .Values.OrderBy(u => u.StatisticsCode, StringComparer.Ordinal)
            .ThenBy(u => SortKey.Of(u.Name), StringComparer.Ordinal);
}

/// <summary>What the other modules ask of the unit tree.</summary>
public interface IUnits
{
    ValueTask<UnitTree> Today(CancellationToken cancel);

    ValueTask<UnitTree> AsOf(DateOnly day, CancellationToken cancel);
}
