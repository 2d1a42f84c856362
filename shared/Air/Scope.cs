namespace Loa.Air;

/// <summary>Who is meant: a speaker knows no tree, only its own path from the province down.</summary>
public static class Scope
{
    /// <summary>Whether some of the units is mine.</summary>
    public static bool Includes(IReadOnlyList<Guid> path, IReadOnlyList<Guid> units) => Deepest(path, units) >= 0;

    /// <summary>Whether the authority's units hold me at or above a unit that was meant.</summary>
    public static bool Reaches(IReadOnlyList<Guid> path, IReadOnlyList<Guid> authority, IReadOnlyList<Guid> meant)
    {
        var highest = Highest(path, authority);
        return highest >= 0 && highest <= Deepest(path, meant);
    }

    static int Highest(IReadOnlyList<Guid> path, IReadOnlyList<Guid> units)
    {
        for (var i = 0; i < path.Count; i++)
        {
            if (units.Contains(path[i]))
                return i;
        }
        return -1;
    }

    static int Deepest(IReadOnlyList<Guid> path, IReadOnlyList<Guid> units)
    {
        for (var i = path.Count - 1; i >= 0; i--)
        {
            if (units.Contains(path[i]))
                return i;
        }
        return -1;
    }
}
