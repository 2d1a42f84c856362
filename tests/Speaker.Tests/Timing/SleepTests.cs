using System.Globalization;
using Loa.Air;

namespace Loa.Speaker.Timing;

/// <summary>A machine that sleeps: its counter stands still or goes on, and the time after it is a guess.</summary>
public sealed class SleepTests : HeldClockTests
{
    [Fact]
    public void After_a_sleep_of_the_machine_nothing_sounds_until_the_server_was_asked()
    {
        var (hut, network) = Connected(TimeSpan.FromMinutes(5));
        var release = owner.Release(1, new string('a', 64), TimeSpan.FromMinutes(1)).Sign(owner.Officer);
        hut.Order([Due(hut, release, TimeSpan.FromSeconds(1))], [release]);
        var woke = 0;
        hut.Clock.Woke += () => woke++;

        machine.Sleep(TimeSpan.FromHours(2));
        machine.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((ClockState.Guessed, 1), (hut.Clock.State, woke));
        Assert.Equal(TimeSpan.FromDays(1), hut.Clock.Error);
        Assert.True(hut.Clock.StartupQuiet > TimeSpan.Zero);
        Assert.Null(hut.PlayQueue.Pick(hut.Clock.GetUtcNow(), hut.Clock.GetUtcNow().AddMinutes(1)));
        Assert.Empty(hut.PlayQueue.Overdue(hut.Clock.GetUtcNow()));
        var asked = network.Questions;
        network.Pass(TimeSpan.FromSeconds(3));
        Assert.InRange(network.Questions - asked, 1, 3);
        Assert.Equal((ClockState.Known, 1), (hut.Clock.State, woke));
        Assert.InRange(Math.Abs(network.Off.TotalMilliseconds), 0, 20);
        Assert.InRange(hut.Clock.Error, network.Off.Duration(), TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void An_answer_over_which_the_machine_slept_tells_nothing()
    {
        var (hut, network) = Connected(TimeSpan.FromMinutes(5));
        TimeQuestion? question;
        while ((question = hut.Time.Question()) is null)
            machine.Advance(TimeSpan.FromSeconds(1));
        var answer = owner.Tell(question, machine.True, machine.True);

        machine.Sleep(TimeSpan.FromHours(2));
        hut.Time.Take(answer);

        Assert.Equal(ClockState.Guessed, hut.Clock.State);
        network.Pass(TimeSpan.FromSeconds(3));
        Assert.InRange(Math.Abs(network.Off.TotalMilliseconds), 0, 20);
    }

    [Fact]
    public void Certainty_ages_over_a_counter_that_goes_on_in_a_sleep()
    {
        var (hut, network) = Connected(TimeSpan.FromMinutes(5));
        var before = hut.Clock.Error;

        machine.Advance(TimeSpan.FromHours(2));

        Assert.Equal(ClockState.Known, hut.Clock.State);
        Assert.InRange(hut.Clock.Error - before, TimeSpan.FromHours(2) * AirClock.Wander, TimeSpan.FromSeconds(2));
        Assert.InRange(network.Off.Duration(), TimeSpan.Zero, hut.Clock.Error);
    }

    [Fact]
    public void The_counter_of_a_real_machine_is_that_of_the_whole_time_since_it_was_switched_on()
    {
        var clock = BootClock.Machine;
        // The first number of the file is what the system itself says.
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);

        var counted = clock.GetElapsedTime(0, clock.GetTimestamp());

        Assert.InRange((counted - TimeSpan.FromSeconds(uptime)).TotalSeconds, -0.1, 5);
        Assert.InRange(BootClock.Asleep, TimeSpan.FromMilliseconds(-1), counted);
    }
}
