using System.Globalization;
using Loa.Air;
using Loa.Broadcasting.Timetable;
using Loa.Kernel;

namespace Loa.Broadcasting.Airtime;

/// <summary>What a lower unit may say of its airtime, and from when on it counts.</summary>
public sealed class AirPolicyTests
{
    static readonly Guid Province = Guid.CreateVersion7();
    static readonly Guid Commune = Guid.CreateVersion7();
    static readonly Guid Hamlet = Guid.CreateVersion7();
    static readonly AirPlace Place = AirPlace.At(Guid.CreateVersion7(), [Province, Commune, Hamlet]);

    // A Tuesday.
    static readonly DateOnly Day = new(2026, 12, 1);

    static readonly AirPolicy Upper = new()
    {
        Limits = new(Minutes(60), 2, Province),
        Quiet = [new(Weekdays.All, new(22, 0), Minutes(420), Province)],
        Repeat = new(2, 7, Province),
        Volumes = [new(0, 40, Province), new(360, 80, Province)],
    };

    [Fact]
    public void What_the_upper_unit_forbids_is_cut_and_it_is_said_who_forbids_it()
    {
        var lower = new AirPolicy
        {
            Sessions =
            [
                Session(5, 0, 90),
                Session(11, 0, 30),
                Session(17, 0, 30),
                new(Weekdays.Sunday, new(21, 45), Minutes(30), Commune),
            ],
            Limits = new(Minutes(120), 3, Commune),
            Repeat = new(5, 7, Commune),
            Volumes = [new(0, 90)],
        };

        var (policy, cuts) = AirPolicy.Inherit(Upper, lower);

        Assert.All(cuts, cut => Assert.Equal(Province, cut.By));
        Assert.Equal(
            [
                "longest-session",
                "most-sessions",
                "repeat",
                "session-count",
                "session-length",
                "session-quiet",
                "volume",
            ],
            cuts.Select(c => c.Key).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Equal([new(5, 0), new(11, 0)], policy.Sessions!.Select(s => s.From));
        Assert.Equal((Minutes(60), 2), (policy.Limits!.Longest, policy.Limits.Most));
        Assert.Equal(2, policy.Repeat!.Times);
        Assert.Equal([40, 80], policy.Volumes.Select(v => v.Level));
    }

    [Fact]
    public void What_stays_within_the_upper_policy_is_kept_as_it_was_said()
    {
        var lower = new AirPolicy
        {
            Sessions = [Session(6, 0, 45)],
            Limits = new(Minutes(45), 1, Commune),
            Quiet = [new(Weekdays.Sunday, new(12, 0), Minutes(60), Commune)],
            Repeat = new(1, 7, Commune),
            Volumes = [new(0, 30), new(720, 80)],
        };

        var (policy, cuts) = AirPolicy.Inherit(Upper, lower);

        Assert.Empty(cuts);
        Assert.Equal(lower.Sessions, policy.Sessions);
        Assert.Equal(Commune, policy.Limits!.By);
        Assert.Equal([Province, Commune], policy.Quiet.Select(q => q.By));
        Assert.Equal([30, 30, 80], policy.Volumes.Select(v => v.Level));
    }

    [Theory]
    [InlineData("Sunday 23:30", "Monday 00:15", true)]
    [InlineData("Sunday 23:30", "Sunday 00:15", false)]
    [InlineData("Monday 05:30", "Monday 06:30", false)]
    [InlineData("All 05:30", "Friday 06:29", true)]
    public void Times_that_cross_midnight_touch_what_lies_on_the_next_day(string hour, string minutes, bool touch)
    {
        var (session, quiet) = (Read(hour), Read(minutes));
        Assert.Equal(
            touch,
            DayTimes.Touch(
                new AirSession(session.Days, session.From, Minutes(60)),
                new QuietTime(quiet.Days, quiet.From, Minutes(10))
            )
        );
    }

    static (Weekdays Days, TimeOnly From) Read(string text) =>
        text.Split(' ') is var words
            ? (Enum.Parse<Weekdays>(words[0]), TimeOnly.Parse(words[1], CultureInfo.InvariantCulture))
            : default;

    [Fact]
    public void The_past_keeps_what_was_in_force_then()
    {
        var words = Words((At(8), At(8), Quiet(12)), (At(9), At(24), Quiet(15)));

        Assert.Equal(AirPolicy.Usual, In(words, At(7)));
        Assert.Equal(new(12, 0), In(words, At(10)).Quiet[0].From);
        Assert.Equal(new(12, 0), In(words, At(23)).Quiet[0].From);
        Assert.Equal(new(15, 0), In(words, At(25)).Quiet[0].From);
    }

    [Fact]
    public void What_is_said_last_takes_the_place_of_what_was_to_come() =>
        Assert.Equal(
            new(15, 0),
            In(Words((At(8), At(24), Quiet(12)), (At(9), At(9), Quiet(15))), At(30)).Quiet[0].From
        );

    [Fact]
    public void An_order_is_bound_by_what_was_said_before_it_and_never_by_what_was_said_after()
    {
        var words = Words((At(12, 10), At(12, 10), Quiet(12)));
        var before = Now(At(12, 5));
        var after = Now(At(12, 15));

        var told = Timeline.Tell(Place, Ask(words, before, after)).Told;
        Assert.Equal(Timeline.Tell(Place, Ask(AirPolicies.None, before)).Told, told.Where(t => t.Candidate == before));
        Assert.Equal(At(13), told.Single(t => t.Candidate == after).Start);
    }

    [Fact]
    public void A_session_that_has_begun_is_heard_out()
    {
        var words = Words(
            (At(5, 40), At(5, 40), new AirPolicy { Sessions = [Session(5, 35, 30), Session(18, 0, 30)] })
        );

        var sessions = ClosedAir.Of(Place, Ask(words)).Sessions;
        Assert.Equal(
            [(At(5, 30), At(6, 30)), (At(18), At(18, 30)), (At(29, 35), At(30, 5))],
            sessions.Where(s => s.From >= At(0) && s.From < At(30)).Select(s => (s.From, s.To))
        );
    }

    static AirPolicy In(AirPolicies words, DateTimeOffset moment) =>
        words.InForce(Place.Paths[0].Units, moment, DateTimeOffset.MaxValue);

    static AirPolicies Words(params (DateTimeOffset Made, DateTimeOffset From, AirPolicy Policy)[] words) =>
        new(
            new Dictionary<Guid, IReadOnlyList<PolicyWord>>
            {
                [Commune] = [.. words.Select(w => new PolicyWord(w.Made, w.From, w.Policy))],
            }
        );

    static AirQuestion Ask(AirPolicies policies, params AirCandidate[] candidates) =>
        AirQuestion.Of(candidates, policies, [], VietnamTime.Zone, At(-24), At(72));

    static AirCandidate Now(DateTimeOffset start) =>
        new(
            Guid.CreateVersion7(),
            AirClass.Ordinary,
            [Commune],
            start,
            start.AddHours(2),
            [new(Guid.CreateVersion7(), Minutes(10), DateTimeOffset.MaxValue)]
        )
        {
            Timing = AirTiming.Now,
            IsWhole = true,
        };

    static AirPolicy Quiet(int hour) => new() { Quiet = [new(Weekdays.All, new(hour, 0), Minutes(60), Commune)] };

    static AirSession Session(int hour, int minute, int length) =>
        new(Weekdays.All, new(hour, minute), Minutes(length), Commune);

    static DateTimeOffset At(int hour, int minute = 0) => VietnamTime.StartOf(Day).AddHours(hour).AddMinutes(minute);

    static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
