using System.Collections.Frozen;
using Loa.Broadcasting.Airings;

namespace Loa.Broadcasting.Timetable;

/// <summary>One entry of a speaker's timeline and the key of the reason it stands there (Words "timetable.because.…").</summary>
sealed record Placed(Airing Airing, DateTimeOffset Start, string Reason)
{
    public DateTimeOffset End => Start + Airing.Duration;
}

/// <summary>
/// What one place hears, decided from nothing but its path and the orders in force: no clock, no database, no chance,
/// so the same question has the same answer on every node and in every year.
/// </summary>
static class Timeline
{
    static readonly FrozenDictionary<string, int> Rank = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["emergency"] = 0,
        ["priority"] = 1,
        ["ordinary"] = 2,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="path">The place's units from the province down to the hamlet.</param>
    /// <param name="airings">Orders in force, of any place.</param>
    public static IReadOnlyList<Placed> Of(IReadOnlyList<Guid> path, IEnumerable<Airing> airings)
    {
        var placed = new List<Placed>();
        // TT 39/2020: emergency before priority before ordinary; then who was ordered first.
        foreach (
            var airing in airings
                .Where(a => a.Units.Any(path.Contains))
                .OrderBy(a => Rank[a.Class])
                .ThenBy(a => a.Start)
                .ThenBy(a => a.Id)
        )
            if (Place(airing, placed) is { } entry)
                placed.Add(entry);
        return [.. placed.OrderBy(p => p.Start).ThenBy(p => p.Airing.Id)];
    }

    // At its own moment if the air is free or held by something lower (which the speaker interrupts);
    // else when what holds the air is over; not at all when that is too late.
    static Placed? Place(Airing airing, List<Placed> placed)
    {
        var (start, reason) = (airing.Start, "ordered");
        // What comes first is already placed, so each step only moves forward and the loop ends.
        while (placed.Where(p => p.Start <= start && start < p.End).MaxBy(p => p.End) is { } holder)
            (start, reason) = (
                holder.End,
                Rank[holder.Airing.Class] < Rank[airing.Class] ? "after-higher" : "after-earlier"
            );
        return start < airing.Until ? new(airing, start, reason) : null;
    }
}
