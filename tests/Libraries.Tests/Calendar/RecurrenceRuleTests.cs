using System.Globalization;

namespace Loa.Calendar;

public sealed class RecurrenceRuleTests
{
    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997-09-04 1997-10-07 1997-11-06")]
    [InlineData(
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "1997-09-29",
        "1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29 1998-02-26 1998-03-30"
    )]
    [InlineData("FREQ=YEARLY", "2012-02-29", "2012-02-29 2016-02-29 2020-02-29")]
    [InlineData("FREQ=MONTHLY", "2014-01-31", "2014-01-31 2014-03-31 2014-05-31 2014-07-31 2014-08-31")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2014-01-01", "")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=53;BYDAY=TU,SA;UNTIL=20170101", "2013-01-01", "2015-12-29 2016-01-02")]
    [InlineData(
        "FREQ=YEARLY;INTERVAL=6;BYWEEKNO=53;BYDAY=TU,SA;UNTIL=20170101",
        "2010-01-02",
        "2010-01-02 2015-12-29 2016-01-02"
    )]
    [InlineData("FREQ=YEARLY;INTERVAL=5;BYWEEKNO=53;BYDAY=TU,SA;UNTIL=20170101", "2010-01-02", "2010-01-02")]
    [InlineData(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        "1997-08-05",
        "1997-08-05 1997-08-10 1997-08-19 1997-08-24"
    )]
    [InlineData(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        "1997-08-05",
        "1997-08-05 1997-08-17 1997-08-19 1997-08-31"
    )]
    [InlineData(
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997-09-10",
        "1997-09-10 1997-09-11 1997-09-12 1997-09-13 1997-09-14 1997-09-15 1999-03-10 1999-03-11 1999-03-12 1999-03-13"
    )]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "2026-12-01", "2026-12-25 2027-01-29 2027-02-26")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", "1998-02-13 1998-03-13 1998-11-13")]
    [InlineData(
        "FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200",
        "1997-01-01",
        "1997-01-01 1997-04-10 1997-07-19 2000-01-01"
    )]
    [InlineData("FREQ=YEARLY;COUNT=3;BYMONTHDAY=1,3", "1997-09-02", "1997-09-03 1997-10-01 1997-10-03")]
    [InlineData("FREQ=YEARLY;UNTIL=20270112T000000Z;BYDAY=2MO", "2025-10-10", "2026-01-12 2027-01-11")]
    [InlineData("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1997-05-19 1998-05-18 1999-05-17")]
    [InlineData("FREQ=DAILY;COUNT=3;INTERVAL=10", "1997-09-02", "1997-09-02 1997-09-12 1997-09-22")]
    [InlineData("FREQ=DAILY;UNTIL=20260101", "2026-01-02", "")]
    public void Days_are_those_of_the_standard(string text, string start, string expected)
    {
        var days = new List<DateOnly>();
        var from = DateOnly.Parse(start, CultureInfo.InvariantCulture);
        DayRule.Read(text).Days(from, from, from.AddYears(100), days);

        string[] wanted = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            wanted,
            days.Take(Math.Max(wanted.Length, 1)).Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        );
    }

    [Theory]
    [InlineData("", RuleFaultKind.Empty, "")]
    [InlineData("INTERVAL=2", RuleFaultKind.NoFrequency, "")]
    [InlineData("FREQ=HOURLY", RuleFaultKind.NotSupported, "FREQ")]
    [InlineData("FREQ=FORTNIGHTLY", RuleFaultKind.BadValue, "FREQ")]
    [InlineData("FREQ=1", RuleFaultKind.BadValue, "FREQ")]
    [InlineData("FREQ=DAILY;BYHOUR=5", RuleFaultKind.NotSupported, "BYHOUR")]
    [InlineData("FREQ=MONTHLY;RSCALE=CHINESE", RuleFaultKind.NotSupported, "RSCALE")]
    [InlineData("FREQ=MONTHLY;SKIP=BACKWARD", RuleFaultKind.NotSupported, "SKIP")]
    [InlineData("FREQ=DAILY;UNTL=20260101", RuleFaultKind.UnknownPart, "UNTL")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", RuleFaultKind.Twice, "FREQ")]
    [InlineData("FREQ=DAILY;INTERVAL=0", RuleFaultKind.BadValue, "INTERVAL")]
    [InlineData("FREQ=DAILY;COUNT=-1", RuleFaultKind.BadValue, "COUNT")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20260101", RuleFaultKind.CountAndUntil, "COUNT")]
    [InlineData("FREQ=DAILY;UNTIL=20260101T000000", RuleFaultKind.UntilNotUtc, "UNTIL")]
    [InlineData("FREQ=DAILY;UNTIL=20260230", RuleFaultKind.BadValue, "UNTIL")]
    [InlineData("FREQ=MONTHLY;BYDAY=1FR;BYSETPOS=0", RuleFaultKind.BadValue, "BYSETPOS")]
    [InlineData("FREQ=MONTHLY;BYSETPOS=1", RuleFaultKind.NothingToChooseFrom, "BYSETPOS")]
    [InlineData("FREQ=WEEKLY;BYDAY=1FR", RuleFaultKind.NotWithFrequency, "BYDAY")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1", RuleFaultKind.NotWithFrequency, "BYMONTHDAY")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=1", RuleFaultKind.NotWithFrequency, "BYWEEKNO")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20;BYDAY=2MO", RuleFaultKind.OrdinalWithWeeks, "BYDAY")]
    [InlineData("FREQ=MONTHLY;BYDAY=0FR", RuleFaultKind.BadValue, "BYDAY")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=32", RuleFaultKind.BadValue, "BYMONTHDAY")]
    [InlineData("LUNAR;MONTH=13;DAY=1", RuleFaultKind.BadValue, "MONTH")]
    [InlineData("LUNAR;MONTH=1", RuleFaultKind.BadValue, "DAY")]
    [InlineData("LUNAR;DAY=1;YEAR=3", RuleFaultKind.UnknownPart, "YEAR")]
    public void What_is_wrong_or_not_gone_by_is_named(string text, RuleFaultKind kind, string part)
    {
        Assert.False(DayRule.TryRead(text, out var rule, out var fault));
        Assert.Null(rule);
        Assert.Equal((kind, part), (fault.Kind, fault.Part));
    }

    [Theory]
    [InlineData(
        "FREQ=MONTHLY;INTERVAL=2;UNTIL=20261231T165959Z;BYMONTH=1,3;BYMONTHDAY=-1,15;BYDAY=MO,-2FR;BYSETPOS=1,-1;WKST=SU"
    )]
    [InlineData("FREQ=YEARLY;COUNT=7;BYWEEKNO=1,-1;BYDAY=TU")]
    [InlineData("LUNAR;MONTH=3;DAY=10")]
    [InlineData("LUNAR;DAY=-1;LEAP=ONLY;UNTIL=20301231")]
    public void A_rule_is_written_as_it_was_read(string text) => Assert.Equal(text, DayRule.Read(text).Text);

    [Fact]
    public void The_31st_tells_which_months_it_leaves_out()
    {
        var start = new DateOnly(2026, 1, 31);
        var left = LeftOutMonths.Of(DayRule.Read("FREQ=MONTHLY;BYMONTHDAY=31"), start);

        Assert.Equal([2, 4, 6, 9, 11], left.Always);
        Assert.Empty(left.Sometimes);
        Assert.Equal([new(2026, 2, 1), new(2026, 4, 1), new(2026, 6, 1)], left.Next.Take(3));
        Assert.Equal([2], LeftOutMonths.Of(DayRule.Read("FREQ=MONTHLY;BYMONTHDAY=29"), start).Sometimes);
        Assert.Equal([2], LeftOutMonths.Of(DayRule.Read("FREQ=YEARLY"), new(2024, 2, 29)).Sometimes);
        Assert.Equal(12, LeftOutMonths.Of(DayRule.Read("FREQ=MONTHLY;BYDAY=5FR"), start).Sometimes.Count);
        Assert.False(LeftOutMonths.Of(DayRule.Read("FREQ=MONTHLY;BYMONTHDAY=-1"), start).Any);
        Assert.False(LeftOutMonths.Of(DayRule.Read("FREQ=MONTHLY;BYDAY=-1FR"), start).Any);
        Assert.False(LeftOutMonths.Of(DayRule.Read("FREQ=DAILY"), start).Any);
        // Of every second month from January on, only those meant count.
        Assert.Equal([9, 11], LeftOutMonths.Of(DayRule.Read("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31"), start).Always);
    }

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=2", PatternKind.Daily)]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", PatternKind.Workdays)]
    [InlineData("FREQ=WEEKLY;COUNT=3;BYDAY=MO,SU", PatternKind.Weekly)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,-1", PatternKind.MonthlyOnDates)]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", PatternKind.MonthlyOnWeekday)]
    [InlineData("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2", PatternKind.YearlyOnDate)]
    [InlineData("LUNAR;MONTH=3;DAY=10", PatternKind.Lunar)]
    public void A_plain_rule_is_a_sentence_and_comes_back_from_it(string text, PatternKind kind)
    {
        var pattern = RulePattern.Of(DayRule.Read(text), new(2026, 1, 5));

        Assert.Equal(kind, pattern.Kind);
        Assert.Equal(text, pattern.Rule()!.Text);
    }

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR")]
    [InlineData("FREQ=DAILY;BYMONTH=5")]
    public void A_rule_that_no_sentence_is_enough_for_says_so(string text) =>
        Assert.Equal(PatternKind.Other, RulePattern.Of(DayRule.Read(text), new(2026, 1, 5)).Kind);
}
