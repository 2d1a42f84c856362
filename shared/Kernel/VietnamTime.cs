namespace Loa.Kernel;

/// <summary>The one zone in which the province lives.</summary>
public static class VietnamTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    public static DateTimeOffset Of(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(Of(moment).DateTime);

    /// <summary>The first moment of a day, in UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) =>
        new DateTimeOffset(
            day.ToDateTime(TimeOnly.MinValue),
            Zone.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue))
        ).ToUniversalTime();

    /// <summary>Beyond these days something was mistyped, or is tried.</summary>
    public static bool IsOnCalendar(this DateOnly day) => day.Year is >= 1900 and < 3000;

    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow());

    /// <summary>Now, cut to the millisecond: what databases keep and signed documents carry.</summary>
    public static DateTimeOffset Moment(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
