using System.Collections.Concurrent;

namespace Loa.Calendar;

/// <summary>
/// The lunar calendar of Việt Nam, reckoned: a month begins on the day of the new moon; the eleventh month holds the winter
/// solstice; where thirteen months lie between two eleventh months, the first in which the Sun enters no new sign is the leap
/// month. Days are those of the zone of the meridian 105° East.
/// </summary>
/// <remarks>
/// It goes by today's rule in all years. Until 1967 the calendars that were printed in Việt Nam followed other meridians and may
/// differ by a day or a month.
/// </remarks>
public sealed class LunarCalendar(TimeSpan zone)
{
    public const int FirstYear = 1900;
    public const int LastYear = 2100;
    const double DayOne = 1721425.5;
    const int MonthsOfYear = 12;

    readonly ConcurrentDictionary<int, LunarMonth[]> years = [];

    /// <summary>UTC+7.</summary>
    public static LunarCalendar Vietnamese { get; } = new(TimeSpan.FromHours(7));

    public LunarDate Of(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day.Year, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day.Year, LastYear);
        var year = day < NewYear(day.Year) ? day.Year - 1 : day.Year;
        var month = Reckoned(year).Last(m => m.Begin <= day);
        return new(year, month.Month, day.DayNumber - month.Begin.DayNumber + 1, month.Leap);
    }

    /// <summary>Null when its month has no such day, or its year no such leap month.</summary>
    public DateOnly? DayOf(LunarDate date)
    {
        foreach (var month in MonthsOf(date.Year))
            if (month.Month == date.Month && month.Leap == date.Leap && date.Day >= 1 && date.Day <= month.Length)
                return month.Begin.AddDays(date.Day - 1);
        return null;
    }

    /// <summary>Tết: the first day of a lunar year.</summary>
    public DateOnly NewYear(int year) => Reckoned(year)[0].Begin;

    /// <summary>Null in a year without one.</summary>
    public int? LeapMonthOf(int year) =>
        MonthsOf(year).FirstOrDefault(m => m.Leap) is { Leap: true } leap ? leap.Month : null;

    public IReadOnlyList<LunarMonth> MonthsOf(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, LastYear);
        return Reckoned(year);
    }

    LunarMonth[] Reckoned(int year) => years.GetOrAdd(year, Reckon);

    // From its first month on, and the last two of it are the first of those that begin with its own solstice.
    LunarMonth[] Reckon(int year) =>
        [.. FromSolstice(year - 1).SkipWhile(m => m.Month > 10), .. FromSolstice(year).TakeWhile(m => m.Month > 10)];

    /// <summary>The months from that which holds the winter solstice of a year to that which holds the next.</summary>
    List<LunarMonth> FromSolstice(int year)
    {
        var (first, next) = (MonthOfSolstice(year), MonthOfSolstice(year + 1));
        var (months, number, leapDone) = (new List<LunarMonth>(), 11, next - first == MonthsOfYear);
        for (var k = first; k < next; k++)
        {
            var (begin, end) = (BeginOf(k), BeginOf(k + 1));
            var leap = !leapDone && k > first && Sign(begin) == Sign(end);
            if (k > first && !leap)
                number = number % MonthsOfYear + 1;
            leapDone |= leap;
            months.Add(new(number, leap, DateOnly.FromDayNumber(begin), end - begin));
        }
        return months;
    }

    int MonthOfSolstice(int year)
    {
        var near = new DateOnly(year, 12, 21).DayNumber + DayOne;
        var solstice = DayAt(Sun.Reaches(270, near));
        var k = Moon.Number(near) + 2;
        while (BeginOf(k) > solstice)
            k--;
        return k;
    }

    int BeginOf(int newMoon) => DayAt(Moon.New(newMoon));

    // The sign of the zodiac in which the Sun stands when a day begins.
    int Sign(int day) => (int)(Sun.Longitude(day + DayOne - zone.TotalDays) / 30);

    int DayAt(double julianDay) => (int)Math.Floor(julianDay + zone.TotalDays - DayOne);
}
