using System.Globalization;

namespace Loa.Calendar;

/// <summary>Which months a lunar rule means in a year that has its month twice.</summary>
public enum LeapMonths
{
    /// <summary>The first alone: a yearly day comes once a year, never twice by accident.</summary>
    Without,
    Too,
    Only,
}

/// <summary>A day of a lunar month, each year or each month: Tết, Giỗ Tổ, rằm. Days are those of the Vietnamese calendar.</summary>
/// <param name="Month">Null: each month.</param>
/// <param name="Day">1 to 30, or −1 for the last; a thirtieth that a month does not have is left out.</param>
public sealed record LunarRule(int? Month, int Day, LeapMonths Leap = LeapMonths.Without) : DayRule
{
    const string Head = "LUNAR";

    /// <summary>Its last day; null when it goes on.</summary>
    public DateOnly? Until { get; init; }

    public override string Text =>
        Head
        + (Month is { } month ? $";MONTH={month}" : "")
        + $";DAY={Day}"
        + (Leap == LeapMonths.Without ? "" : $";LEAP={Leap.ToString().ToUpperInvariant()}")
        + (Until is { } until ? $";UNTIL={IcsTime.Write(until)}" : "");

    public override void Days(DateOnly start, DateOnly from, DateOnly to, List<DateOnly> into)
    {
        var first = start > from ? start : from;
        var last = Until < to ? Until.Value : to;
        var firstYear = Math.Max(first.Year - 1, LunarCalendar.FirstYear);
        for (var year = firstYear; year <= Math.Min(last.Year, LunarCalendar.LastYear); year++)
            foreach (var month in LunarCalendar.Vietnamese.MonthsOf(year))
                if (Means(month) && DayIn(month) is { } day && day >= first && day <= last)
                    into.Add(day);
    }

    bool Means(LunarMonth month) =>
        (Month is null || Month == month.Month)
        && Leap switch
        {
            LeapMonths.Too => true,
            LeapMonths.Only => month.Leap,
            // Each month is each month: a monthly day is not left out because a number comes twice.
            _ => Month is null || !month.Leap,
        };

    DateOnly? DayIn(LunarMonth month) =>
        Day < 0 ? month.Begin.AddDays(month.Length - 1)
        : Day <= month.Length ? month.Begin.AddDays(Day - 1)
        : null;

    internal static bool Begins(string text) => text.StartsWith(Head, StringComparison.OrdinalIgnoreCase);

    internal static bool TryParse(string text, out DayRule? rule, out RuleFault fault)
    {
        (rule, fault) = (null, default);
        int? month = null;
        var (day, leap, until) = (0, LeapMonths.Without, default(DateOnly?));
        foreach (var part in text.ToUpperInvariant().Split(';').Skip(1))
        {
            var (name, value) = part.Split('=') is [var left, var right] ? (left, right) : (part, "");
            var read = name switch
            {
                "MONTH" => Number(value) is { } number && (month = number) is >= 1 and <= 12,
                "DAY" => Number(value) is { } number && (day = number) is -1 or (>= 1 and <= 30),
                "LEAP" => Enum.TryParse(value, ignoreCase: true, out leap) && Enum.IsDefined(leap),
                "UNTIL" => IcsTime.TryRead(value, out var time) && time.IsDay && (until = time.Day) is not null,
                _ => false,
            };
            if (read)
                continue;
            var known = name is "MONTH" or "DAY" or "LEAP" or "UNTIL";
            fault = new(known ? RuleFaultKind.BadValue : RuleFaultKind.UnknownPart, name, value);
            return false;
        }
        if (day == 0)
            fault = new(RuleFaultKind.BadValue, "DAY");
        else
            rule = new LunarRule(month, day, leap) { Until = until };
        return rule is not null;
    }

    static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
