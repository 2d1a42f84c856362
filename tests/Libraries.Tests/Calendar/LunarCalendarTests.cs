using System.Globalization;

namespace Loa.Calendar;

public sealed class LunarCalendarTests
{
    static readonly LunarCalendar lunar = LunarCalendar.Vietnamese;

    [Theory]
    [InlineData("1968-01-29")]
    [InlineData("1969-02-16")]
    [InlineData("1975-02-11")]
    [InlineData("1984-02-02")]
    [InlineData("1985-01-21")]
    [InlineData("1986-02-09")]
    [InlineData("2000-02-05")]
    [InlineData("2007-02-17")]
    [InlineData("2015-02-19")]
    [InlineData("2017-01-28")]
    [InlineData("2019-02-05")]
    [InlineData("2020-01-25")]
    [InlineData("2021-02-12")]
    [InlineData("2022-02-01")]
    [InlineData("2023-01-22")]
    [InlineData("2024-02-10")]
    [InlineData("2025-01-29")]
    [InlineData("2026-02-17")]
    [InlineData("2027-02-06")]
    [InlineData("2030-02-02")]
    public void Tet_is_on_its_published_day(string day)
    {
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);

        Assert.Equal(date, lunar.NewYear(date.Year));
        Assert.Equal(new LunarDate(date.Year, 1, 1), lunar.Of(date));
    }

    [Theory]
    [InlineData(1984, null)]
    [InlineData(1985, 2)]
    [InlineData(1987, 7)]
    [InlineData(2001, 4)]
    [InlineData(2004, 2)]
    [InlineData(2006, 7)]
    [InlineData(2009, 5)]
    [InlineData(2012, 4)]
    [InlineData(2014, 9)]
    [InlineData(2017, 6)]
    [InlineData(2018, null)]
    [InlineData(2020, 4)]
    [InlineData(2023, 2)]
    [InlineData(2025, 6)]
    [InlineData(2028, 5)]
    [InlineData(2033, 11)]
    public void Leap_months_are_the_published_ones(int year, int? month) =>
        Assert.Equal(month, lunar.LeapMonthOf(year));

    [Fact]
    public void By_the_vietnamese_calendar_a_day_may_have_another_number_than_in_china() =>
        Assert.Equal(new LunarDate(2020, 11, 22), lunar.Of(new(2021, 1, 4)));

    // An independent table: the calendar of China that comes with .NET. One new moon of 172 years, on 29 September 2057, is within
    // seconds of midnight in Beijing: there nobody knows yet how the Earth will have turned.
    [Fact]
    public void Reckoned_by_chinas_meridian_every_month_is_that_of_another_table()
    {
        var (china, table) = (new LunarCalendar(TimeSpan.FromHours(8)), new ChineseLunisolarCalendar());
        var differ = new List<string>();
        for (var year = 1929; year <= 2100; year++)
        {
            var months = china.MonthsOf(year);
            var leap = table.GetLeapMonth(year);
            Assert.Equal(table.GetMonthsInYear(year), months.Count);
            for (var i = 1; i <= months.Count; i++)
            {
                var begin = DateOnly.FromDateTime(table.ToDateTime(year, i, 1, 0, 0, 0, 0));
                var same = begin == months[i - 1].Begin && (leap == i) == months[i - 1].Leap;
                if (!same)
                    differ.Add(string.Create(CultureInfo.InvariantCulture, $"{year}/{i}: {begin:yyyy-MM-dd}"));
            }
        }
        Assert.Equal(["2057/9: 2057-09-29"], differ);
    }

    [Fact]
    public void Every_day_of_two_centuries_goes_there_and_back()
    {
        var end = new DateOnly(LunarCalendar.LastYear, 12, 31);
        for (var day = new DateOnly(1900, 2, 1); day <= end; day = day.AddDays(1))
        {
            var date = lunar.Of(day);
            Assert.Equal(day, lunar.DayOf(date));
            Assert.InRange(date.Day, 1, 30);
        }
    }

    [Fact]
    public void Days_that_are_not_have_no_day()
    {
        Assert.Null(lunar.DayOf(new(2017, 5, 1, Leap: true)));
        Assert.Null(lunar.DayOf(new(2017, 6, 31)));
        Assert.Throws<ArgumentOutOfRangeException>(() => lunar.Of(new(1899, 12, 31)));
        Assert.Throws<ArgumentOutOfRangeException>(() => lunar.DayOf(new(2101, 1, 1)));
    }

    [Theory]
    [InlineData("LUNAR;MONTH=3;DAY=10", 2019, "2019-04-14")]
    [InlineData("LUNAR;MONTH=6;DAY=15", 2017, "2017-07-08")]
    [InlineData("LUNAR;MONTH=6;DAY=15;LEAP=TOO", 2017, "2017-07-08 2017-08-06")]
    [InlineData("LUNAR;MONTH=6;DAY=15;LEAP=ONLY", 2017, "2017-08-06")]
    [InlineData("LUNAR;MONTH=12;DAY=-1", 2022, "2022-01-31")]
    [InlineData("LUNAR;MONTH=12;DAY=30", 2022, "")]
    public void Days_by_the_moon(string rule, int year, string expected)
    {
        var days = new List<DateOnly>();
        DayRule.Read(rule).Days(new(1950, 1, 1), new(year, 1, 1), new(year, 12, 31), days);

        Assert.Equal(
            expected,
            string.Join(' ', days.Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
        );
    }

    [Fact]
    public void Full_moon_comes_each_month_the_leap_month_too()
    {
        var days = new List<DateOnly>();
        DayRule.Read("LUNAR;DAY=15").Days(new(2017, 1, 28), new(2017, 1, 28), new(2018, 2, 15), days);

        Assert.Equal(13, days.Count);
    }

    [Fact]
    public void A_holiday_is_not_worked_and_a_swapped_day_is()
    {
        var calendar = new HolidayCalendar(
            [
                new("tet", DayRule.Read("LUNAR;MONTH=1;DAY=1"), Days: 3, Before: 1),
                new("victory", DayRule.Read("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30")),
            ],
            [new(new(2024, 4, 29), Worked: new(2024, 5, 4))]
        );

        Assert.Equal("tet", calendar.On(new(2025, 1, 28)).Single().Name);
        Assert.Equal("tet", calendar.On(new(2025, 1, 31)).Single().Name);
        Assert.Empty(calendar.On(new(2025, 2, 1)));
        Assert.False(calendar.IsWorked(new(2024, 4, 30)));
        Assert.False(calendar.IsWorked(new(2024, 4, 29)));
        Assert.True(calendar.IsWorked(new(2024, 5, 4)));
        Assert.False(calendar.IsWorked(new(2024, 5, 5)));
        Assert.True(calendar.IsWorked(new(2024, 5, 2)));
    }
}
