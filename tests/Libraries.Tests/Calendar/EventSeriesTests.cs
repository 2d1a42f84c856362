namespace Loa.Calendar;

public sealed class EventSeriesTests
{
    static readonly TimeZoneInfo here = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    static readonly TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    static EventSeries Series(string rule, DateTime start, TimeZoneInfo? zone = null) =>
        new()
        {
            Start = start,
            Length = TimeSpan.FromHours(1),
            Zone = zone ?? here,
            Rules = [DayRule.Read(rule)],
        };

    [Fact]
    public void Sunday_night_goes_on_to_monday_and_monday_is_mondays_by_the_clock_here()
    {
        var sunday = Series("FREQ=WEEKLY;BYDAY=SU", new(2026, 3, 1, 23, 30, 0));
        var times = sunday.Next(new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(7)), 40);

        Assert.All(
            times,
            t =>
                Assert.Equal(
                    (DayOfWeek.Sunday, 23, 30),
                    (Here(t.Start).DayOfWeek, Here(t.Start).Hour, Here(t.Start).Minute)
                )
        );
        Assert.All(
            times,
            t => Assert.Equal((DayOfWeek.Monday, 0, 30), (Here(t.End).DayOfWeek, Here(t.End).Hour, Here(t.End).Minute))
        );

        // At 02:00 here it is still Sunday in UTC.
        var monday = Series("FREQ=WEEKLY;BYDAY=MO", new(2026, 3, 2, 2, 0, 0))
            .Next(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), 3);
        Assert.All(monday, t => Assert.Equal(DayOfWeek.Sunday, t.Start.UtcDateTime.DayOfWeek));
        Assert.Equal(
            [new(2026, 3, 2), new(2026, 3, 9), new(2026, 3, 16)],
            monday.Select(t => DateOnly.FromDateTime(Here(t.Start).DateTime))
        );
    }

    [Fact]
    public void What_the_clock_jumps_over_is_reckoned_by_the_offset_before_and_what_it_shows_twice_is_the_first()
    {
        // 29 March 2026, 02:00 → 03:00; 25 October 2026, 03:00 → 02:00.
        Assert.Equal(Utc(2026, 3, 29, 1, 30), LocalTime.At(berlin, new(2026, 3, 29, 2, 30, 0)));
        Assert.Equal(Utc(2026, 10, 25, 0, 30), LocalTime.At(berlin, new(2026, 10, 25, 2, 30, 0)));
        Assert.Equal(Utc(2026, 3, 29, 1, 0), LocalTime.At(berlin, new(2026, 3, 29, 3, 0, 0)));
        var sydney = TimeZoneInfo.FindSystemTimeZoneById("Australia/Sydney");
        Assert.Equal(Utc(2012, 10, 6, 16, 30), LocalTime.At(sydney, new(2012, 10, 7, 2, 30, 0)));
        Assert.Equal(Utc(2012, 3, 31, 15, 30), LocalTime.At(sydney, new(2012, 4, 1, 2, 30, 0)));

        var daily = Series("FREQ=DAILY", new(2026, 3, 27, 2, 30, 0), berlin).Next(Utc(2026, 3, 27, 0, 0), 4);
        Assert.Equal([1, 1, 1, 0], daily.Select(t => t.Start.UtcDateTime.Hour));
    }

    [Fact]
    public void Until_is_a_moment_of_utc()
    {
        var york = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var series = Series("FREQ=DAILY;UNTIL=19971224T000000Z", new(1997, 9, 2, 9, 0, 0), york);

        Assert.Equal(Utc(1997, 12, 23, 14, 0), series.Between(Utc(1997, 1, 1, 0, 0), Utc(1999, 1, 1, 0, 0))[^1].Start);
    }

    [Fact]
    public void Times_are_left_out_added_and_moved()
    {
        var series = Series("FREQ=DAILY;COUNT=5", new(2026, 12, 1, 5, 30, 0)) with
        {
            LeftOut = [new(2026, 12, 2, 5, 30, 0)],
            Added = [new(2026, 12, 10, 17, 0, 0), new(2026, 12, 3, 5, 30, 0)],
            Moved = [new(new(2026, 12, 4, 5, 30, 0), new(2026, 12, 20, 6, 0, 0), TimeSpan.FromMinutes(10))],
        };
        var times = series.Between(Utc(2026, 11, 1, 0, 0), Utc(2027, 1, 1, 0, 0));

        Assert.Equal([1, 3, 5, 10, 20], times.Select(t => Here(t.Start).Day));
        Assert.Equal(
            (new DateTime(2026, 12, 4, 5, 30, 0), TimeSpan.FromMinutes(10)),
            (times[^1].Original, times[^1].Length)
        );
        Assert.Equal(times[^1], series.Between(Utc(2026, 12, 15, 0, 0), Utc(2027, 1, 1, 0, 0)).Single());
    }

    [Fact]
    public void Until_before_the_start_is_never()
    {
        Assert.Empty(Series("FREQ=DAILY;UNTIL=20260101", new(2026, 1, 2, 5, 0, 0)).Next(Utc(2025, 1, 1, 0, 0), 5));
        Assert.Empty(
            Series("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", new(2026, 1, 2, 5, 0, 0)).Next(Utc(2025, 1, 1, 0, 0), 5)
        );
    }

    [Fact]
    public void Whole_days_last_by_the_calendar()
    {
        var series = Series("FREQ=DAILY;COUNT=2", new(2026, 3, 28), berlin) with
        {
            AllDay = true,
            Length = TimeSpan.FromDays(1),
        };

        Assert.Equal([24, 23], series.Next(Utc(2026, 1, 1, 0, 0), 5).Select(t => (int)t.Length.TotalHours));
    }

    static DateTimeOffset Here(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, here);

    static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) =>
        new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
