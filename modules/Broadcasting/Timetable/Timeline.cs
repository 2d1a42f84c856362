using Loa.Air;
using Loa.Broadcasting.Broadcasts;

namespace Loa.Broadcasting.Timetable;

/// <summary>One entry of a speaker's timeline and the key of the reason it stands there (Words "timetable.because.…").</summary>
sealed record Placed(BroadcastOrder Order, DateTimeOffset Start, string Reason)
{
    public DateTimeOffset End => Start + Order.Duration;
}

/// <summary>
/// What one place hears, decided from nothing but its path and the orders in force: no clock, no database, no chance,
/// so the same question has the same answer on every node and in every year.
/// </summary>
static class Timeline
{
    /// <summary>Orders in force, by the units they are for; made once for all places.</summary>
    public static ILookup<Guid, BroadcastOrder> ByUnit(IEnumerable<BroadcastOrder> orders) =>
        orders.SelectMany(a => a.Units, (order, unit) => (order, unit)).ToLookup(x => x.unit, x => x.order);

    /// <param name="path">The place's units from the province down to the hamlet.</param>
    public static IReadOnlyList<Placed> Of(IReadOnlyList<Guid> path, ILookup<Guid, BroadcastOrder> orders)
    {
        var (placed, taken) = (new List<Placed>(), new TakenAir());
        foreach (var order in path.SelectMany(unit => orders[unit]).DistinctBy(a => a.Id).OrderBy(a => a.Precedence))
            if (Place(order, taken) is { } entry)
            {
                placed.Add(entry);
                taken.Add(entry.Start, entry.End, order.Class);
            }
        return [.. placed.OrderBy(p => p.Start).ThenBy(p => p.Order.Id)];
    }

    // At its own moment if the air is free or held by something lower (which the speaker interrupts);
    // else when what holds the air is over; not at all when that is too late.
    static Placed? Place(BroadcastOrder order, TakenAir taken)
    {
        var (start, after) = taken.FirstFree(order.Start);
        var reason =
            after is null ? "ordered"
            : Precedence.Interrupts(after.Value, order.Class) ? "after-higher"
            : "after-earlier";
        return start < order.Until ? new(order, start, reason) : null;
    }
}
