namespace Loa.Calendar;

/// <summary>
/// A recurrence rule of RFC 5545, §3.3.10, for days. Days that a month does not have are left out, never moved; a start that the
/// rule does not name is no day of it.
/// </summary>
public sealed record RecurrenceRule(Frequency Frequency) : DayRule
{
    public int Interval { get; init; } = 1;
    public int? Count { get; init; }
    public RuleUntil? Until { get; init; }
    public IReadOnlyList<WeekdayNumber> ByDay { get; init; } = [];
    public IReadOnlyList<int> ByMonthDay { get; init; } = [];
    public IReadOnlyList<int> ByMonth { get; init; } = [];
    public IReadOnlyList<int> ByYearDay { get; init; } = [];
    public IReadOnlyList<int> ByWeekNo { get; init; } = [];
    public IReadOnlyList<int> BySetPos { get; init; } = [];
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    public override string Text => RuleText.Write(this);

    public bool Equals(RecurrenceRule? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override void Days(DateOnly start, DateOnly from, DateOnly to, List<DateOnly> into)
    {
        if (Until is { Day: { } last } && last < to)
            to = last;
        if (to < start || to < from)
            return;
        var periods = new RulePeriods(this, start);
        var counted = 0;
        Span<int> days = stackalloc int[RulePeriods.Longest];
        // What is counted is counted from the start; all else begins where it is asked.
        for (var at = Count is null ? periods.Before(from) : 0; periods.Begins(at, to.DayNumber); at++)
        {
            var found = Chosen(days[..periods.Fill(at, days)]);
            for (var i = 0; i < found; i++)
            {
                if (days[i] < start.DayNumber)
                    continue;
                if (days[i] > to.DayNumber || (Count is { } count && ++counted > count))
                    return;
                if (days[i] >= from.DayNumber)
                    into.Add(DateOnly.FromDayNumber(days[i]));
            }
        }
    }

    // Those that BYSETPOS chooses, moved to the front; how many they are.
    int Chosen(Span<int> days)
    {
        if (BySetPos.Count == 0)
            return days.Length;
        var kept = 0;
        for (var i = 0; i < days.Length; i++)
            if (BySetPos.Contains(i + 1) || BySetPos.Contains(i - days.Length))
                days[kept++] = days[i];
        return kept;
    }
}
