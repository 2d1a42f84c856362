namespace Loa.Calendar;

/// <summary>The periods of a rule one after the other, and the days that it names in each.</summary>
readonly struct RulePeriods
{
    /// <summary>A year of whole weeks.</summary>
    public const int Longest = 371;
    const int MonthsOfYear = 12;

    readonly RecurrenceRule rule;
    readonly DayTest test;
    readonly DateOnly start;
    readonly bool byWeeks;

    // Day, week, month or year in which the series begins, counted in its own unit.
    readonly int first;

    public RulePeriods(RecurrenceRule rule, DateOnly start)
    {
        (this.rule, this.start) = (rule, start);
        test = new(rule, start);
        byWeeks = rule is { Frequency: Frequency.Yearly, ByWeekNo.Count: > 0 };
        first = Unit(start);
    }

    /// <summary>The period in which a day lies, or the one before it.</summary>
    public int Before(DateOnly day) => day <= start ? 0 : (Unit(day) - first) / rule.Interval;

    public bool Begins(int period, int last)
    {
        var unit = first + (long)period * rule.Interval;
        return rule.Frequency switch
        {
            Frequency.Daily => unit <= last,
            Frequency.Weekly => unit * 7 + Shift <= last,
            Frequency.Monthly => unit <= Month(DateOnly.FromDayNumber(last)),
            _ => unit <= Unit(DateOnly.FromDayNumber(last)),
        };
    }

    /// <summary>Writes the days of a period; how many they are.</summary>
    public int Fill(int period, Span<int> days)
    {
        var unit = first + period * rule.Interval;
        return rule.Frequency switch
        {
            Frequency.Daily => Stretch(unit, unit, days, 0),
            Frequency.Weekly => Stretch(unit * 7 + Shift, unit * 7 + Shift + 6, days, 0),
            Frequency.Monthly => OneMonth(unit / MonthsOfYear, unit % MonthsOfYear + 1, days, 0),
            _ when byWeeks => Weeks(unit, days),
            _ => Year(unit, days),
        };
    }

    int Year(int year, Span<int> days)
    {
        var found = 0;
        for (var month = 1; month <= MonthsOfYear; month++)
            found = OneMonth(year, month, days, found);
        return found;
    }

    int Weeks(int year, Span<int> days)
    {
        var (at, end, found) = (WeekYears.Begin(year, rule.WeekStart), WeekYears.Begin(year + 1, rule.WeekStart), 0);
        var weeks = (end - at) / 7;
        for (var week = 1; week <= weeks; week++, at += 7)
            if (rule.ByWeekNo.Contains(week) || rule.ByWeekNo.Contains(week - weeks - 1))
                found = Stretch(at, at + 6, days, found);
        return found;
    }

    int OneMonth(int year, int month, Span<int> days, int found)
    {
        if (!test.InMonth(month) || year > DateOnly.MaxValue.Year)
            return found;
        var (begin, length) = (new DateOnly(year, month, 1), DateTime.DaysInMonth(year, month));
        var (number, weekday, ofYear) = (begin.DayNumber, (int)begin.DayOfWeek, begin.DayOfYear);
        for (var day = 1; day <= length; day++)
        {
            if (test.Holds(new(year, day, length, weekday, ofYear + day - 1)))
                days[found++] = number + day - 1;
            weekday = weekday == 6 ? 0 : weekday + 1;
        }
        return found;
    }

    int Stretch(int from, int to, Span<int> days, int found)
    {
        for (var number = Math.Max(from, 0); number <= to && number <= DateOnly.MaxValue.DayNumber; number++)
        {
            var day = DateOnly.FromDayNumber(number);
            var length = DateTime.DaysInMonth(day.Year, day.Month);
            if (
                test.InMonth(day.Month) && test.Holds(new(day.Year, day.Day, length, (int)day.DayOfWeek, day.DayOfYear))
            )
                days[found++] = number;
        }
        return found;
    }

    int Unit(DateOnly day) =>
        rule.Frequency switch
        {
            Frequency.Daily => day.DayNumber,
            Frequency.Weekly => (day.DayNumber - Shift + 7) / 7 - 1,
            Frequency.Monthly => Month(day),
            _ when byWeeks => WeekYears.Of(day, rule.WeekStart),
            _ => day.Year,
        };

    static int Month(DateOnly day) => day.Year * MonthsOfYear + day.Month - 1;

    // Day 0 of all was a Monday.
    int Shift => ((int)rule.WeekStart + 6) % 7;
}
