using Loa.Air;
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
    /// <summary>Orders in force, by the units they are for; made once for all places.</summary>
    public static ILookup<Guid, Airing> ByUnit(IEnumerable<Airing> airings) =>
        airings.SelectMany(a => a.Units, (airing, unit) => (airing, unit)).ToLookup(x => x.unit, x => x.airing);

    /// <param name="path">The place's units from the province down to the hamlet.</param>
    public static IReadOnlyList<Placed> Of(IReadOnlyList<Guid> path, ILookup<Guid, Airing> airings)
    {
        var (placed, taken) = (new List<Placed>(), new TakenAir());
        foreach (var airing in path.SelectMany(unit => airings[unit]).DistinctBy(a => a.Id).OrderBy(a => a.Precedence))
            if (Place(airing, taken) is { } entry)
            {
                placed.Add(entry);
                taken.Add(entry.Start, entry.End, airing.Class);
            }
        return [.. placed.OrderBy(p => p.Start).ThenBy(p => p.Airing.Id)];
    }

    // At its own moment if the air is free or held by something lower (which the speaker interrupts);
    // else when what holds the air is over; not at all when that is too late.
    static Placed? Place(Airing airing, TakenAir taken)
    {
        var (start, after) = taken.FirstFree(airing.Start);
        var reason =
            after is null ? "ordered"
            : Precedence.Interrupts(after.Value, airing.Class) ? "after-higher"
            : "after-earlier";
        return start < airing.Until ? new(airing, start, reason) : null;
    }
}
