using System.Globalization;

namespace Loa.Calendar;

/// <summary>A DATE or DATE-TIME of RFC 5545 (§3.3.4, §3.3.5): a day, a moment in UTC, or what a clock on the wall shows.</summary>
readonly record struct IcsTime(DateTime Clock, bool IsDay, bool IsUtc)
{
    const string DayForm = "yyyyMMdd";
    const string ClockForm = "yyyyMMdd'T'HHmmss";

    public DateOnly Day => DateOnly.FromDateTime(Clock);

    public static bool TryRead(string text, out IcsTime time)
    {
        var utc = text.EndsWith('Z');
        var day = text.Length == DayForm.Length;
        var read = DateTime.TryParseExact(
            utc ? text[..^1] : text,
            day ? DayForm : ClockForm,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var clock
        );
        time = new(clock, day, utc);
        return read;
    }

    public static string Write(DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    public static string Write(DateTime clock) => clock.ToString(ClockForm, CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset moment) => Write(moment.UtcDateTime) + "Z";
}
