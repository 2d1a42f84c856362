using System.Collections;

namespace Loa.Broadcasting.Timetable;

/// <summary>Stretches of one place's time in order; those around a moment are found without a look at all the others.</summary>
sealed class AirStretches : IReadOnlyList<AirStretch>
{
    readonly AirStretch[] stretches;
    readonly TimeSpan longest;

    public AirStretches(IEnumerable<AirStretch> any)
    {
        stretches = [.. any.OrderBy(s => s.From).ThenBy(s => s.To)];
        longest = stretches.Length == 0 ? TimeSpan.Zero : stretches.Max(s => s.To - s.From);
    }

    public int Count => stretches.Length;

    public AirStretch this[int index] => stretches[index];

    /// <summary>No stretch before this one reaches beyond the moment.</summary>
    public int Reaching(DateTimeOffset moment)
    {
        var (low, high) = (0, stretches.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (stretches[middle].From + longest <= moment)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>The first that covers the moment.</summary>
    public AirStretch? At(DateTimeOffset moment)
    {
        for (var i = Reaching(moment); i < stretches.Length && stretches[i].From <= moment; i++)
            if (moment < stretches[i].To)
                return stretches[i];
        return null;
    }

    public IEnumerator<AirStretch> GetEnumerator() => stretches.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
