namespace Loa.Broadcasting.Timetable;

/// <summary>What planned items hold of one place's time: stretches in order that do not overlap.</summary>
sealed class HeldAir
{
    public readonly record struct Held(DateTimeOffset From, DateTimeOffset To, AirCandidate By);

    readonly List<Held> stretches = [];

    public int Count => stretches.Count;

    public Held this[int index] => stretches[index];

    /// <summary>The first that ends after the moment.</summary>
    public int Reaching(DateTimeOffset moment)
    {
        var (low, high) = (0, stretches.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (stretches[middle].To <= moment)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    public Held? At(DateTimeOffset moment)
    {
        var index = Reaching(moment);
        return index < stretches.Count && stretches[index].From <= moment ? stretches[index] : null;
    }

    public void Add(DateTimeOffset from, DateTimeOffset to, AirCandidate by) =>
        stretches.Insert(Reaching(from), new(from, to, by));
}
