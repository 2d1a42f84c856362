namespace Loa.Calendar;

/// <summary>A holiday by rule: the days that begin with it.</summary>
/// <param name="Name">What its caller calls it.</param>
/// <param name="Before">Days before the rule's that belong to it: the eve of Tết.</param>
public sealed record Holiday(string Name, DayRule Rule, int Days = 1, int Before = 0);

/// <summary>A day off that is worked at another: the authority says so each year.</summary>
public sealed record SwappedDay(DateOnly Off, DateOnly Worked);

/// <summary>The days without work of a country: weekends, holidays by rule, and what was swapped.</summary>
public sealed class HolidayCalendar(IReadOnlyList<Holiday> holidays, IReadOnlyList<SwappedDay> swapped)
{
    /// <summary>The holidays that fall on a day.</summary>
    public IEnumerable<Holiday> On(DateOnly day)
    {
        var days = new List<DateOnly>();
        foreach (var holiday in holidays)
        {
            days.Clear();
            holiday.Rule.Days(DateOnly.MinValue, day.AddDays(1 - holiday.Days), day.AddDays(holiday.Before), days);
            if (days.Count > 0)
                yield return holiday;
        }
    }

    public bool IsWorked(DateOnly day) =>
        swapped.Any(s => s.Worked == day)
        || (
            day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
            && !swapped.Any(s => s.Off == day)
            && !On(day).Any()
        );
}
