using System.Globalization;
using Loa.Broadcasting.Programmes;
using Loa.Calendar;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Broadcasting.Planning;

/// <summary>Says when a programme is heard as people say it.</summary>
static class RuleWords
{
    public static string Said(this ProgrammeTimes times)
    {
        var (at, first) = (TimeOnly.FromDateTime(times.First), DateOnly.FromDateTime(times.First));
        var pattern = PatternOf(times);
        var days = pattern is null
            ? Words.Get("programme.once", first.Shown())
            : DaysOf(pattern, times.Rule!) + EndOf(pattern);
        var clock = at.ToString("HH:mm", CultureInfo.InvariantCulture);
        return Words.Get(times.InSession ? "programme.in-session" : "programme.at", days, clock);
    }

    public static RulePattern? PatternOf(ProgrammeTimes times) =>
        times.Rule is { } rule ? RulePattern.Of(DayRule.Read(rule), DateOnly.FromDateTime(times.First)) : null;

    public static string Weekday(DayOfWeek day) => Words.Get("weekday." + (RuleDay)(((int)day + 6) % 7));

    static string DaysOf(RulePattern pattern, string rule)
    {
        var weekdays = string.Join(", ", pattern.Weekdays.Select(Weekday));
        return pattern switch
        {
            { Kind: PatternKind.Daily, Every: 1 } => Words.Get("programme.daily"),
            { Kind: PatternKind.Workdays } => Words.Get("programme.workdays"),
            { Kind: PatternKind.Weekly, Every: 1 } => Words.Get("programme.weekly", weekdays),
            { Kind: PatternKind.MonthlyOnDates, Every: 1 } => Words.Get(
                "programme.monthly",
                string.Join(", ", pattern.Dates.Select(Date))
            ),
            { Kind: PatternKind.MonthlyOnWeekday, Every: 1 } => Words.Get("programme.nth." + pattern.Ordinal, weekdays),
            _ => rule,
        };
    }

    static string Date(int date) =>
        date < 0 ? Words.Get("programme.last-day") : date.ToString(CultureInfo.InvariantCulture);

    static string EndOf(RulePattern pattern) =>
        pattern switch
        {
            { Count: { } count } => Words.Get("programme.count", count),
            { Until.Day: { } day } => Words.Get("programme.until", day.Shown()),
            { Until.Moment: { } moment } => Words.Get("programme.until", moment.Shown(Precision.Day)),
            _ => "",
        };
}
