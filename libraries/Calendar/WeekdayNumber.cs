namespace Loa.Calendar;

/// <summary>A weekday of a period (RFC 5545 BYDAY): each (0), the nth, or the nth from its end (below 0).</summary>
public readonly record struct WeekdayNumber(DayOfWeek Day, int Ordinal = 0)
{
    public static implicit operator WeekdayNumber(DayOfWeek day) => new(day);
}
