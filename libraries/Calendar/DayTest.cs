namespace Loa.Calendar;

/// <summary>A day as a rule looks at it.</summary>
readonly record struct RuledDay(int Year, int Day, int MonthLength, int Weekday, int DayOfYear);

/// <summary>What a rule asks of one day, in a form that is asked quickly; what it leaves open is taken from its start (RFC 5545, §3.3.10).</summary>
readonly struct DayTest
{
    const int FromTheEnd = 32;
    const int EachMonth = 0x1FFE;

    readonly int months;
    readonly ulong monthDays;
    readonly int weekdays;
    readonly WeekdayNumber[] numbered;
    readonly bool numberedInMonth;
    readonly int[] yearDays;

    public DayTest(RecurrenceRule rule, DateOnly start)
    {
        numbered = [.. rule.ByDay.Where(d => d.Ordinal != 0)];
        numberedInMonth = rule.Frequency == Frequency.Monthly || rule.ByMonth.Count > 0;
        yearDays = [.. rule.ByYearDay];
        foreach (var day in rule.ByDay.Where(d => d.Ordinal == 0))
            weekdays |= 1 << (int)day.Day;
        foreach (var day in rule.ByMonthDay)
            monthDays |= 1UL << (day > 0 ? day : FromTheEnd - day);
        foreach (var month in rule.ByMonth)
            months |= 1 << month;

        var nothing = rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count == 0;
        if (nothing && (rule.Frequency == Frequency.Weekly || rule.ByWeekNo.Count > 0))
            weekdays = 1 << (int)start.DayOfWeek;
        else if (nothing && rule.Frequency is Frequency.Monthly or Frequency.Yearly && nothing)
            monthDays = 1UL << start.Day;
        if (nothing && rule is { Frequency: Frequency.Yearly, ByWeekNo.Count: 0 } && months == 0)
            months = 1 << start.Month;
        if (months == 0)
            months = EachMonth;
    }

    public bool InMonth(int month) => (months >> month & 1) != 0;

    public bool Holds(RuledDay day) =>
        (monthDays == 0 || (monthDays >> day.Day & 1) != 0 || (monthDays >> (FromTheEnd + FromEnd(day)) & 1) != 0)
        && (weekdays | numbered.Length) switch
        {
            0 => true,
            _ => (weekdays >> day.Weekday & 1) != 0 || Numbered(day),
        }
        && (yearDays.Length == 0 || OfYear(day));

    static int FromEnd(RuledDay day) => day.MonthLength - day.Day + 1;

    bool OfYear(RuledDay day) =>
        yearDays.AsSpan().Contains(day.DayOfYear) || yearDays.AsSpan().Contains(day.DayOfYear - YearLength(day) - 1);

    bool Numbered(RuledDay day)
    {
        var (at, length) = numberedInMonth ? (day.Day, day.MonthLength) : (day.DayOfYear, YearLength(day));
        foreach (var (weekday, ordinal) in numbered)
            if ((int)weekday == day.Weekday && (ordinal == (at - 1) / 7 + 1 || ordinal == -((length - at) / 7 + 1)))
                return true;
        return false;
    }

    static int YearLength(RuledDay day) => DateTime.IsLeapYear(day.Year) ? 366 : 365;
}
