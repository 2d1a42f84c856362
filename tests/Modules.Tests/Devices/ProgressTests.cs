using Loa.Devices.Rollouts;

namespace Loa.Devices;

/// <summary>The rule by which a rollout goes on, on numbers alone.</summary>
[AnyEngine]
public sealed class ProgressTests
{
    static readonly DateTimeOffset now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    static Plan At(int stage) =>
        new(
            Guid.Empty,
            RolloutProcedure.Live,
            "",
            Guid.Empty,
            [10, 100],
            95,
            TimeSpan.FromMinutes(30),
            TimeSpan.FromMinutes(20),
            null,
            200,
            stage,
            "",
            Guid.Empty,
            Guid.Empty,
            Guid.Empty
        );

    static Decision Next(int stage, params GroupTally[] groups) => RolloutProgress.Next(At(stage), groups, now);

    static GroupTally Done(int done, int failed = 0, int minutesAgo = 60, int gone = 0, int away = 0) =>
        new(0, away, 0, done, failed, gone, now.AddMinutes(-minutesAgo));

    static readonly GroupTally waiting = new(Ready: 50, Away: 5, Sent: 0, Done: 0, Failed: 0);

    [Fact]
    public void One_failure_in_a_small_canary_stops_it() =>
        Assert.Equal(Decision.Stop, Next(0, Done(15, failed: 1), waiting, waiting));

    [Fact]
    public void Failures_within_the_threshold_do_not_stop_it() =>
        Assert.Equal(Decision.Advance, Next(1, Done(16), Done(145, failed: 5), waiting));

    [Fact]
    public void Too_many_failures_stop_it_before_the_rest_is_told() =>
        Assert.Equal(Decision.Stop, Next(1, Done(16), new GroupTally(100, 0, 20, 22, 8), waiting));

    [Fact]
    public void An_earlier_group_that_goes_back_stops_it_later_too() =>
        Assert.Equal(Decision.Stop, Next(2, Done(15, failed: 1), Done(150), waiting));

    [Fact]
    public void Who_is_under_way_is_waited_for() =>
        Assert.Equal(Decision.Wait, Next(0, new GroupTally(0, 0, 1, 15, 0, 0, now.AddHours(-1)), waiting, waiting));

    [Fact]
    public void The_next_stage_begins_only_after_the_soak()
    {
        Assert.Equal(Decision.Wait, Next(0, Done(16, minutesAgo: 19), waiting, waiting));
        Assert.Equal(Decision.Advance, Next(0, Done(16, minutesAgo: 20), waiting, waiting));
    }

    [Fact]
    public void Who_is_gone_after_the_update_is_given_time_and_then_counts_as_failed()
    {
        Assert.Equal(Decision.Wait, Next(0, Done(16, minutesAgo: 49, gone: 1), waiting, waiting));
        Assert.Equal(Decision.CountGone, Next(0, Done(16, minutesAgo: 50, gone: 1), waiting, waiting));
    }

    [Fact]
    public void Who_is_away_does_not_hold_up_the_stage_but_the_end()
    {
        Assert.Equal(Decision.Advance, Next(0, Done(15, away: 1), waiting, waiting));
        Assert.Equal(Decision.Wait, Next(2, Done(15, away: 1), Done(150), Done(1_400)));
        Assert.Equal(Decision.Finish, Next(2, Done(16), Done(150), Done(1_400)));
    }

    [Fact]
    public void Nobody_there_means_waiting_not_success() =>
        Assert.Equal(Decision.Wait, Next(0, new GroupTally(0, 16, 0, 0, 0), waiting, waiting));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(150, 1)]
    [InlineData(1_661, 16)]
    public void The_canary_is_one_in_a_hundred_and_taken_from_those_who_are_there(int speakers, int canary)
    {
        var all = Enumerable
            .Range(0, speakers)
            .Select(i => new Candidate(Guid.CreateVersion7(), "", Online: i % 2 == 0))
            .ToList();
        var groups = Plan.Groups(all, canary, [10, 100], Guid.CreateVersion7());

        var first = all.Where(s => groups[s.Id] == 0).ToList();
        Assert.Equal(canary, first.Count);
        Assert.All(first, s => Assert.True(s.Online));
        Assert.Equal(speakers, groups.Count);
        Assert.InRange(groups.Values.Count(g => g <= 1), speakers / 10, speakers / 10 + canary);
    }

    [Fact]
    public void A_window_may_go_over_midnight()
    {
        var night = new Window(22 * 60, 4 * 60);
        DateTimeOffset Vietnam(int hour) => new(2026, 3, 1, hour, 0, 0, TimeSpan.FromHours(7));

        Assert.True(night.Holds(Vietnam(23)));
        Assert.True(night.Holds(Vietnam(3)));
        Assert.False(night.Holds(Vietnam(12)));
        Assert.Equal(TimeSpan.FromHours(5), night.Left(Vietnam(23)));
        Assert.Equal(TimeSpan.FromHours(1), night.Left(Vietnam(3)));
        Assert.Equal(TimeSpan.Zero, night.Left(Vietnam(4)));
    }
}
