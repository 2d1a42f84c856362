using Loa.Air;

namespace Loa.Broadcasting.Timetable;

/// <summary>
/// When the air of one place is taken, in stretches that do not touch, and the class of what ends each. A place with
/// thousands of orders is planned as fast as an emergency needs it.
/// </summary>
sealed class TakenAir
{
    readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To, AirClass Class);

    // In order of time.
    readonly List<Stretch> stretches = [];

    /// <summary>The first free moment from this one on, and the class of what held the air until then; null when it was free.</summary>
    public (DateTimeOffset At, AirClass? After) FirstFree(DateTimeOffset moment)
    {
        var before = CountUntil(moment) - 1;
        return before >= 0 && moment < stretches[before].To
            ? (stretches[before].To, stretches[before].Class)
            : (moment, null);
    }

    public void Add(DateTimeOffset from, DateTimeOffset to, AirClass @class)
    {
        var first = CountUntil(from);
        if (first > 0 && stretches[first - 1].To >= from)
            first--;
        var last = CountUntil(to);
        var whole = new Stretch(from, to, @class);
        // Who was there first stands when both end at once.
        foreach (var touched in stretches[first..last])
            whole = new(
                touched.From < whole.From ? touched.From : whole.From,
                touched.To < whole.To ? whole.To : touched.To,
                touched.To < whole.To ? whole.Class : touched.Class
            );
        stretches.RemoveRange(first, last - first);
        stretches.Insert(first, whole);
    }

    /// <summary>How many stretches begin at this moment or before.</summary>
    int CountUntil(DateTimeOffset moment)
    {
        var (low, high) = (0, stretches.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (stretches[middle].From <= moment)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
