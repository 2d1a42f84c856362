namespace Loa.Contracts.People;

public enum UnitFaultKind
{
    /// <summary>The unit names a parent that is not in being on the day.</summary>
    NoParent,

    /// <summary>The unit lies below itself.</summary>
    Ring,
}

/// <summary>A unit whose place in the tree does not hold on a day.</summary>
/// <param name="Named">The parent that its acts name.</param>
public sealed record UnitFault(Guid UnitId, UnitFaultKind Kind, Guid Named);

/// <summary>Finds what keeps units from being a tree, and what makes them one: no stored act may stop a server or leave a hamlet unreached.</summary>
public static class UnitFaults
{
    /// <param name="parents">The parent that each unit names; null for a root.</param>
    /// <param name="hung">The units that must let go of the parent they name, so that what is left is a forest.</param>
    public static IReadOnlyList<UnitFault> Find(IReadOnlyDictionary<Guid, Guid?> parents, out IReadOnlyList<Guid> hung)
    {
        var (faults, loose) = (new List<UnitFault>(), new List<Guid>());
        // Where a unit was met: on the walk of that number. Each is entered once, so the walks end.
        var walks = new Dictionary<Guid, int>(parents.Count);
        var walk = 0;
        foreach (var start in parents.Keys)
        {
            walk++;
            var at = start;
            while (walks.TryAdd(at, walk) && parents[at] is { } parent)
            {
                if (!parents.ContainsKey(parent))
                {
                    faults.Add(new(at, UnitFaultKind.NoParent, parent));
                    loose.Add(at);
                    break;
                }
                at = parent;
                if (walks.TryGetValue(at, out var met) && met == walk)
                {
                    var ring = RingFrom(at, parents);
                    faults.AddRange(ring.Select(id => new UnitFault(id, UnitFaultKind.Ring, parents[id]!.Value)));
                    loose.Add(Topmost(ring, parents));
                    break;
                }
            }
        }
        hung = loose;
        return faults;
    }

    static List<Guid> RingFrom(Guid first, IReadOnlyDictionary<Guid, Guid?> parents)
    {
        var ring = new List<Guid> { first };
        for (var at = parents[first]!.Value; at != first; at = parents[at]!.Value)
            ring.Add(at);
        return ring;
    }

    /// <summary>The one with most right below it, so that a province stays above its communes; of equals always the same one.</summary>
    internal static Guid Topmost(IEnumerable<Guid> some, IReadOnlyDictionary<Guid, Guid?> parents) =>
        some.OrderByDescending(id => parents.Values.Count(p => p == id)).ThenBy(id => id).First();
}
