using System.Globalization;
using Loa.Kernel;

namespace Loa.People.Units;

/// <summary>
/// The units are a tree on every day: an act that would make a ring, or leave a unit below nothing, on its own day or on any
/// later one, is refused. What is wrong already, and not by this act, refuses nothing.
/// </summary>
static class TreeRules
{
    /// <summary>From the province down; a speaker's signed place holds no more than sixteen, a page draws them all.</summary>
    public const int MostLevels = 10;

    /// <param name="before">All acts, read in the transaction that will store the new one.</param>
    public static void Check(UnitHistory before, UnitStep step)
    {
        var after = before.With(step);
        foreach (var day in after.DaysFrom(step.Effective))
        {
            var place = after.PlaceOn(day, step.UnitId);
            if (place == before.PlaceOn(day, step.UnitId))
                continue;
            if (place is { } there)
                Refuse.If(
                    CheckWayUp(after, step.UnitId, there, day) + LevelsBelow(after, step.UnitId, day) > MostLevels,
                    "unit.too-deep",
                    MostLevels,
                    Shown(day)
                );
            else
                foreach (var child in after.EverBelow(step.UnitId))
                    Refuse.If(
                        after.PlaceOn(day, child)?.Parent == step.UnitId,
                        "unit.has-children",
                        Named(after, step.UnitId, day),
                        Named(after, child, day),
                        Shown(day)
                    );
        }
    }

    // A second time at one unit ends the walk, so it ends. Gives the levels down to the unit.
    static int CheckWayUp(UnitHistory units, Guid unit, UnitPlace place, DateOnly day)
    {
        var met = new HashSet<Guid> { unit };
        var first = true;
        for (var at = place; at.Parent is { } parent; first = false)
        {
            Refuse.If(
                parent == unit,
                "unit.parent-below",
                Named(units, place.Parent!.Value, day),
                Named(units, unit, day),
                Shown(day)
            );
            var above = units.PlaceOn(day, parent);
            Refuse.If(above is null && first, "unit.no-parent", Named(units, parent, day), Shown(day));
            Refuse.If(
                above is null || !met.Add(parent),
                "unit.parent-astray",
                Named(units, place.Parent!.Value, day),
                Shown(day)
            );
            at = above.Value;
        }
        return met.Count;
    }

    // No deeper than the first that is too deep, so it ends.
    static int LevelsBelow(UnitHistory units, Guid unit, DateOnly day)
    {
        IReadOnlyCollection<Guid> level = [unit];
        for (var levels = 0; ; levels++)
        {
            level = [.. level.SelectMany(u => units.EverBelow(u).Where(c => units.PlaceOn(day, c)?.Parent == u))];
            if (level.Count == 0 || levels > MostLevels)
                return levels;
        }
    }

    static string Named(UnitHistory units, Guid unit, DateOnly day) => units.NameOn(day, unit);

    static string Shown(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
