namespace Loa.Calendar;

/// <summary>The years of whole weeks: the first has at least four of its days in January (RFC 5545 BYWEEKNO, ISO 8601).</summary>
static class WeekYears
{
    /// <summary>The number of the day at which a year of weeks begins.</summary>
    public static int Begin(int year, DayOfWeek weekStart)
    {
        if (year > DateOnly.MaxValue.Year)
            return DateOnly.MaxValue.DayNumber + 1;
        var fourth = new DateOnly(year, 1, 4);
        return fourth.DayNumber - ((int)fourth.DayOfWeek - (int)weekStart + 7) % 7;
    }

    public static int Of(DateOnly day, DayOfWeek weekStart) =>
        day.DayNumber < Begin(day.Year, weekStart) ? day.Year - 1
        : day.DayNumber >= Begin(day.Year + 1, weekStart) ? day.Year + 1
        : day.Year;
}
