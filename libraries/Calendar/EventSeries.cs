namespace Loa.Calendar;

/// <summary>One time of a series.</summary>
/// <param name="Original">What the clock of the series' zone was to show by its rules: the name by which it is left out or moved (RECURRENCE-ID).</param>
public readonly record struct EventInstance(DateTimeOffset Start, DateTimeOffset End, DateTime Original)
{
    public TimeSpan Length => End - Start;
}

/// <summary>One time of a series that was moved.</summary>
public sealed record MovedInstance(DateTime Original, DateTime Start, TimeSpan Length);

/// <summary>Something that recurs by the clock of a zone: its first time, its rules, and the exceptions made of them.</summary>
public sealed record EventSeries
{
    // Zones differ by less than a day from UTC, and by this much the days are asked wider than the moments.
    const int DaysAround = 2;
    const int MostYearsAhead = 100;

    /// <summary>What the clock shows at the first time; midnight for whole days.</summary>
    public required DateTime Start { get; init; }

    /// <summary>As it really lasts, also where a clock is put forward or back; of whole days, days by the calendar.</summary>
    public TimeSpan Length { get; init; }
    public bool AllDay { get; init; }
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>None: it happens once.</summary>
    public IReadOnlyList<DayRule> Rules { get; init; } = [];

    /// <summary>Times beside the rules (RDATE), by the clock.</summary>
    public IReadOnlyList<DateTime> Added { get; init; } = [];

    /// <summary>Times left out (EXDATE), by the clock.</summary>
    public IReadOnlyList<DateTime> LeftOut { get; init; } = [];
    public IReadOnlyList<MovedInstance> Moved { get; init; } = [];

    /// <summary>All times that begin at a moment or after it and before another, in their order.</summary>
    public List<EventInstance> Between(DateTimeOffset from, DateTimeOffset to)
    {
        var found = new List<EventInstance>();
        if (from >= to)
            return found;
        var (first, last) = (Around(from, -DaysAround), Around(to, DaysAround));
        var days = new List<DateOnly>();
        foreach (var rule in Rules)
        {
            days.Clear();
            rule.Days(DateOnly.FromDateTime(Start), first, last, days);
            foreach (var day in days)
                Ordinary(day.ToDateTime(TimeOnly.FromDateTime(Start)), (rule as RecurrenceRule)?.Until?.Moment);
        }
        if (Rules.Count == 0)
            Ordinary(Start, null);
        foreach (var clock in Added)
            Ordinary(clock, null);
        foreach (var moved in Moved)
            Take(moved.Start, moved.Length, moved.Original);
        found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        Unite(found);
        return found;

        void Ordinary(DateTime clock, DateTimeOffset? until)
        {
            if (!IsException(clock) && (until is null || LocalTime.At(Zone, clock) <= until))
                Take(clock, Length, clock);
        }

        void Take(DateTime clock, TimeSpan length, DateTime original)
        {
            var start = LocalTime.At(Zone, clock);
            if (start >= from && start < to)
                found.Add(new(start, AllDay ? LocalTime.At(Zone, clock + length) : start + length, original));
        }
    }

    /// <summary>The next times, the first first; fewer when there are no more.</summary>
    public IReadOnlyList<EventInstance> Next(DateTimeOffset from, int count)
    {
        for (var years = 1; ; years *= 4)
        {
            var to = from.Year + years < DateTimeOffset.MaxValue.Year ? from.AddYears(years) : DateTimeOffset.MaxValue;
            var found = Between(from, to);
            if (found.Count >= count || years > MostYearsAhead)
                return [.. found.Take(count)];
        }
    }

    bool IsException(DateTime clock)
    {
        if (LeftOut.Contains(clock))
            return true;
        foreach (var moved in Moved)
            if (moved.Original == clock)
                return true;
        return false;
    }

    // The same moment named twice happens once (RFC 5545 §3.8.5.2).
    static void Unite(List<EventInstance> sorted)
    {
        var kept = 0;
        for (var i = 0; i < sorted.Count; i++)
            if (kept == 0 || sorted[i].Start != sorted[kept - 1].Start)
                sorted[kept++] = sorted[i];
        sorted.RemoveRange(kept, sorted.Count - kept);
    }

    static DateOnly Around(DateTimeOffset moment, int days)
    {
        var number = DateOnly.FromDateTime(moment.UtcDateTime).DayNumber + days;
        return DateOnly.FromDayNumber(Math.Clamp(number, 0, DateOnly.MaxValue.DayNumber - DaysAround));
    }
}
