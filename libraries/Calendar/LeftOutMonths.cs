namespace Loa.Calendar;

/// <summary>The months that a rule leaves out because they have no such day, so that a page can say it before anything is saved.</summary>
/// <param name="Always">Of the year's months, those that never have the day: the second for "the 31st".</param>
/// <param name="Sometimes">Those that have it in some years or not each time: the second for "the 29th".</param>
/// <param name="Next">The next that are left out, as the first of each.</param>
public sealed record LeftOutMonths(
    IReadOnlyList<int> Always,
    IReadOnlyList<int> Sometimes,
    IReadOnlyList<DateOnly> Next
)
{
    // After so many years weekdays, dates and leap years have met in every way.
    const int Years = 28;
    const int Named = 6;

    public static readonly LeftOutMonths None = new([], [], []);

    public bool Any => Always.Count + Sometimes.Count > 0;

    public static LeftOutMonths Of(DayRule rule, DateOnly start) =>
        rule is RecurrenceRule { Frequency: Frequency.Monthly or Frequency.Yearly } months
        && months is { ByWeekNo.Count: 0, ByYearDay.Count: 0 }
        && !(months.Frequency == Frequency.Yearly && months is { ByMonth.Count: 0, ByDay.Count: > 0 })
            ? Count(months with { Count = null, Until = null }, start)
            : None;

    static LeftOutMonths Count(RecurrenceRule rule, DateOnly start)
    {
        // From the month's first: the month of the start counts as any other.
        var first = new DateOnly(start.Year, start.Month, 1);
        var last = first.AddYears(Years).AddDays(-1);
        var days = new List<DateOnly>();
        var asked = rule.ByMonthDay.Count + rule.ByDay.Count == 0 ? rule with { ByMonthDay = [start.Day] } : rule;
        if (asked.Frequency == Frequency.Yearly && asked.ByMonth.Count == 0 && rule.ByMonthDay.Count == 0)
            asked = asked with { ByMonth = [start.Month] };
        asked.Days(first, first, last, days);
        var had = days.Select(d => new DateOnly(d.Year, d.Month, 1)).ToHashSet();

        List<DateOnly> left = [];
        var (meant, missed) = (new int[13], new int[13]);
        for (var month = first; month < last; month = month.AddMonths(1))
        {
            if (!IsMeant(asked, first, month))
                continue;
            meant[month.Month]++;
            if (had.Contains(month))
                continue;
            missed[month.Month]++;
            left.Add(month);
        }
        var months = Enumerable.Range(1, 12).ToList();
        return new(
            [.. months.Where(m => missed[m] > 0 && missed[m] == meant[m])],
            [.. months.Where(m => missed[m] > 0 && missed[m] < meant[m])],
            [.. left.Take(Named)]
        );
    }

    static bool IsMeant(RecurrenceRule rule, DateOnly first, DateOnly month) =>
        (rule.ByMonth.Count == 0 || rule.ByMonth.Contains(month.Month))
        && (
            rule.Frequency == Frequency.Yearly
                ? (month.Year - first.Year) % rule.Interval == 0
                : ((month.Year - first.Year) * 12 + month.Month - first.Month) % rule.Interval == 0
        );
}
