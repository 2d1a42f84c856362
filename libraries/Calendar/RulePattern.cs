namespace Loa.Calendar;

/// <summary>The plain ways in which people say how something recurs.</summary>
public enum PatternKind
{
    Daily,

    /// <summary>Monday to Friday.</summary>
    Workdays,
    Weekly,

    /// <summary>On dates of the month, −1 the last.</summary>
    MonthlyOnDates,

    /// <summary>On the nth weekday of the month, −1 the last.</summary>
    MonthlyOnWeekday,
    YearlyOnDate,
    Lunar,

    /// <summary>A rule that is more than one of these: its text says it.</summary>
    Other,
}

/// <summary>A rule as a sentence can say it; the words are the caller's.</summary>
/// <param name="Every">Each, each second, each third of its periods.</param>
public sealed record RulePattern(PatternKind Kind, int Every = 1)
{
    static readonly DayOfWeek[] workdays =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
    ];

    /// <summary>In the order of a week that begins on Monday.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];
    public IReadOnlyList<int> Dates { get; init; } = [];
    public int Ordinal { get; init; }
    public int Month { get; init; }
    public LunarRule? OfMoon { get; init; }
    public int? Count { get; init; }
    public RuleUntil? Until { get; init; }

    public static RulePattern Of(DayRule rule, DateOnly start) =>
        rule switch
        {
            LunarRule moon => new(PatternKind.Lunar)
            {
                OfMoon = moon,
                Until = moon.Until is { } day ? RuleUntil.The(day) : null,
            },
            RecurrenceRule plain => Plain(plain, start) with { Count = plain.Count, Until = plain.Until },
            _ => new(PatternKind.Other),
        };

    static RulePattern Plain(RecurrenceRule rule, DateOnly start)
    {
        var every = rule.Interval;
        if (rule.BySetPos.Count + rule.ByYearDay.Count + rule.ByWeekNo.Count > 0)
            return new(PatternKind.Other);
        var weekdays = rule.ByDay.Where(d => d.Ordinal == 0).Select(d => d.Day).OrderBy(d => ((int)d + 6) % 7).ToList();
        switch (rule)
        {
            case { Frequency: Frequency.Daily, ByDay.Count: 0, ByMonthDay.Count: 0, ByMonth.Count: 0 }:
                return new(PatternKind.Daily, every);
            case { Frequency: Frequency.Weekly, ByMonth.Count: 0 } when every == 1 && weekdays.SequenceEqual(workdays):
                return new(PatternKind.Workdays);
            case { Frequency: Frequency.Weekly, ByMonth.Count: 0 }:
                return new(PatternKind.Weekly, every) { Weekdays = weekdays.Count == 0 ? [start.DayOfWeek] : weekdays };
            case { Frequency: Frequency.Monthly, ByMonth.Count: 0, ByDay.Count: 0 }:
                return new(PatternKind.MonthlyOnDates, every)
                {
                    Dates = rule.ByMonthDay.Count == 0 ? [start.Day] : rule.ByMonthDay,
                };
            case {
                Frequency: Frequency.Monthly,
                ByMonth.Count: 0,
                ByMonthDay.Count: 0,
                ByDay: [{ Ordinal: not 0 } only]
            }:
                return new(PatternKind.MonthlyOnWeekday, every) { Weekdays = [only.Day], Ordinal = only.Ordinal };
            case { Frequency: Frequency.Yearly, ByDay.Count: 0, ByMonth.Count: <= 1, ByMonthDay.Count: <= 1 }
                when rule.ByMonth.Count == 1 || rule.ByMonthDay.Count == 0:
                return new(PatternKind.YearlyOnDate, every)
                {
                    Month = rule.ByMonth.Count == 1 ? rule.ByMonth[0] : start.Month,
                    Dates = rule.ByMonthDay.Count == 1 ? rule.ByMonthDay : [start.Day],
                };
            default:
                return new(PatternKind.Other);
        }
    }

    /// <summary>The rule that says it; null for <see cref="PatternKind.Other"/>, which no sentence is enough for.</summary>
    public DayRule? Rule() =>
        Kind switch
        {
            PatternKind.Daily => Ending(new(Frequency.Daily)),
            PatternKind.Workdays => Ending(
                new(Frequency.Weekly) { ByDay = [.. workdays.Select(d => new WeekdayNumber(d))] }
            ),
            PatternKind.Weekly => Ending(
                new(Frequency.Weekly) { ByDay = [.. Weekdays.Select(d => new WeekdayNumber(d))] }
            ),
            PatternKind.MonthlyOnDates => Ending(new(Frequency.Monthly) { ByMonthDay = Dates }),
            PatternKind.MonthlyOnWeekday => Ending(new(Frequency.Monthly) { ByDay = [new(Weekdays[0], Ordinal)] }),
            PatternKind.YearlyOnDate => Ending(new(Frequency.Yearly) { ByMonth = [Month], ByMonthDay = Dates }),
            PatternKind.Lunar => OfMoon,
            _ => null,
        };

    RecurrenceRule Ending(RecurrenceRule rule) => rule with { Interval = Every, Count = Count, Until = Until };
}
