using System.Globalization;
using Loa.Kernel;

namespace Loa.People.Units;

/// <summary>
/// The units are a tree on every day: an act that would make a ring, or leave a unit below nothing, on its own day or on any
/// later one, is refused. What is wrong already, and not by this act, refuses nothing.
/// </summary>
static class TreeRules
{
    /// <param name="before">All acts, read in the transaction that will store the new one.</param>
    public static void Check(UnitHistory before, UnitStep step)
    {
        var after = before.With(step);
        Guid[] below = [.. after.EverBelow(step.UnitId)];
        foreach (var day in after.DaysFrom(step.Effective))
        {
            var place = after.PlaceOn(day, step.UnitId);
            if (place == before.PlaceOn(day, step.UnitId))
                continue;
            if (place is { } there)
                CheckWayUp(after, step.UnitId, there, day);
            else
                foreach (var child in below)
                    Refuse.If(
                        after.PlaceOn(day, child)?.Parent == step.UnitId,
                        "unit.has-children",
                        Named(after, step.UnitId, day),
                        Named(after, child, day),
                        Shown(day)
                    );
        }
    }

    // A second time at one unit ends the walk, so it ends.
    static void CheckWayUp(UnitHistory units, Guid unit, UnitPlace place, DateOnly day)
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
    }

    static string Named(UnitHistory units, Guid unit, DateOnly day) => units.NameOn(day, unit);

    static string Shown(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
