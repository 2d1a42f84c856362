using System.Text.Json.Nodes;
using Loa.Broadcasting.Planning;
using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Kernel;

namespace Loa.Broadcasting;

/// <summary>When a programme is heard, reckoned from nothing but its plans.</summary>
public sealed class ProgrammeTimesTests
{
    static readonly DateOnly First = new(2026, 11, 30);
    static readonly DateTimeOffset Since = VietnamTime.StartOf(First);
    static readonly Guid Bulletin = Guid.CreateVersion7();

    [Fact]
    public void What_has_begun_goes_by_the_plan_before_and_what_is_still_to_begin_by_the_new_one()
    {
        var before = Plan(Daily());
        var changed = Since.AddHours(5).AddMinutes(35);
        var programme = Of([.. Of([before]).With(before with { Times = Daily() with { First = At(5, 50) } }, changed)]);
        Assert.Equal([At(5, 30), At(5, 50), At(5, 50).AddDays(1)], Clock(programme, days: 2));
        // Changed a second time on the same morning: still once each.
        var again = Of([.. programme.With(before, changed.AddMinutes(1))]);
        Assert.Equal([At(5, 30), At(5, 30).AddDays(1)], Clock(again, days: 2));
    }

    [Fact]
    public void A_time_that_was_moved_is_the_same_time_and_no_window_hears_it_twice()
    {
        var moved = Daily() with { Moved = [new(At(5, 30).AddDays(1), At(17, 0).AddDays(2))] };
        var (plain, other) = (Of([Plan(Daily())]), Of([Plan(moved)]));
        Assert.Equal([At(5, 30), At(5, 30).AddDays(2), At(17, 0).AddDays(2)], Clock(other, days: 3));
        Assert.Equal(
            plain.Between(Since, Since.AddDays(3)).Select(o => o.Id).Order(),
            other.Between(Since, Since.AddDays(3)).Select(o => o.Id).Order()
        );
        var whole = other.Between(Since, Since.AddDays(30)).Select(o => o.Id);
        var parts = Enumerable
            .Range(0, 30)
            .SelectMany(day => other.Between(Since.AddDays(day), Since.AddDays(day + 1)))
            .Select(o => o.Id);
        Assert.Equal(whole, parts);
    }

    [Fact]
    public void An_item_keeps_its_id_when_others_come_and_go()
    {
        var (a, b) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var both = Ids(Items(a, b, a));
        Assert.Equal(3, both.Distinct().Count());
        Assert.Equal([both[0], both[2]], Ids(Items(a, a)));
        Assert.Equal([both[1]], Ids(Items(b)));

        static ProgrammeItem[] Items(params Guid[] bulletins) =>
            [.. bulletins.Select(id => new ProgrammeItem(id, "", TimeSpan.FromMinutes(1)))];
        static Guid[] Ids(ProgrammeItem[] items) =>
            [.. Of([Plan(Daily()) with { Items = items }]).Next(Since, 1)[0].Items().Select(item => item.Id)];
    }

    // Given by the field: weekly over midnight, the 31st, the last Friday, 29 February, Monday at two in the morning.
    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=SU", "2026-12-06T23:30", "2026-12-06T23:30 2026-12-13T23:30 2026-12-20T23:30")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31", "2026-12-31T05:30", "2026-12-31T05:30 2027-01-31T05:30 2027-03-31T05:30")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "2026-12-01T17:00", "2026-12-25T17:00 2027-01-29T17:00 2027-02-26T17:00")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-12-01T05:30", "2028-02-29T05:30 2032-02-29T05:30")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO", "2026-11-30T02:00", "2026-11-30T02:00 2026-12-07T02:00 2026-12-14T02:00")]
    [InlineData("FREQ=DAILY;COUNT=2", "2026-11-30T05:30", "2026-11-30T05:30 2026-12-01T05:30")]
    public void A_rule_names_its_days_by_the_clock_of_Viet_Nam(string rule, string first, string times)
    {
        var expected = times.Split(' ').Select(t => DateTime.Parse(t, null)).ToList();
        var programme = Of([Plan(Daily() with { First = DateTime.Parse(first, null), Rule = rule })]);
        Assert.Equal(expected, programme.Next(Since, expected.Count).Select(o => VietnamTime.Of(o.Start).DateTime));
    }

    [Fact]
    public void What_a_form_says_is_a_rule_of_the_standard()
    {
        var form = new ProgrammeRequest("x", [Bulletin], First, new(5, 30), [Guid.Empty]);
        Assert.Throws<InvalidException>(() => form.When(null));
        Assert.Null((form with { Repeat = ProgrammeRepeat.Once }).When(null).Rule);
        Assert.Equal(
            "FREQ=DAILY;UNTIL=20261231",
            Rule(form with { Repeat = ProgrammeRepeat.Daily, Until = new(2026, 12, 31) })
        );
        Assert.Equal(
            "FREQ=WEEKLY;BYDAY=MO,SU",
            Rule(form with { Repeat = ProgrammeRepeat.Weekly, Weekdays = [RuleDay.Su, RuleDay.Mo] })
        );
        Assert.Equal(
            "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1,15",
            Rule(form with { Repeat = ProgrammeRepeat.Dates, Dates = [15, -1], Times = 3 })
        );
        Assert.Equal(
            "FREQ=MONTHLY;BYDAY=2FR",
            Rule(form with { Repeat = ProgrammeRepeat.Nth, Weekdays = [RuleDay.Fr], Ordinal = 2 })
        );
        Assert.Throws<InvalidException>(() =>
            form with { Repeat = ProgrammeRepeat.Weekly } is var no ? no.When(null) : null
        );

        static string? Rule(ProgrammeRequest asked) => asked.When(null).Rule;
    }

    [Fact]
    public void What_was_stopped_has_no_times_after_it_and_those_before_stay()
    {
        var stopped = Of([Plan(Daily())], ProgrammeProcedure.Stopped, Since.AddDays(1));
        Assert.Equal([At(5, 30)], Clock(stopped, days: 3));
        Assert.Empty(stopped.Next(Since, 3));
        Assert.Equal(ProgrammeProcedure.Over, Of([Plan(Daily() with { Rule = null })]).StateAt(Since.AddDays(1)));
    }

    static DateTime At(int hour, int minute) => First.ToDateTime(new(hour, minute));

    static ProgrammeTimes Daily() => new(At(5, 30), "FREQ=DAILY", InSession: false, [], []);

    static ProgrammePlan Plan(ProgrammeTimes times) =>
        new(
            Since,
            [new(Bulletin, "", TimeSpan.FromMinutes(10))],
            TimeSpan.Zero,
            times,
            [Guid.Empty],
            [],
            GoesOn: false
        );

    static IEnumerable<DateTime> Clock(Programme programme, int days) =>
        programme.Between(Since, Since.AddDays(days)).Select(o => VietnamTime.Of(o.Start).DateTime);

    static Programme Of(
        IReadOnlyList<ProgrammePlan> plans,
        string state = ProgrammeProcedure.InForce,
        DateTimeOffset moved = default
    ) =>
        Programme.Of(
            new CaseRow
            {
                Id = Bulletin,
                Procedure = ProgrammeProcedure.Name,
                Version = 1,
                State = state,
                MovedAt = moved,
                Fields = new JsonObject { [ProgrammeProcedure.Plans] = ProgrammePlan.Write(plans) }.ToJsonString(),
            }
        );
}
