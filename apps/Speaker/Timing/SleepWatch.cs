namespace Loa.Speaker.Timing;

/// <summary>Notices that the machine has slept: its calendar ran on by more than its counter, or the system says so.</summary>
/// <remarks>
/// A calendar that somebody puts forward looks the same where the system does not tell of sleep; then the server is asked
/// once more than it need be. One that is put back is no sleep.
/// </remarks>
sealed class SleepWatch(TimeProvider machine)
{
    // A network that puts the calendar right by less is not worth a question; a speaker that slept less is not far off.
    static readonly TimeSpan unnoticed = TimeSpan.FromSeconds(2);

    // A counter and a calendar drift apart, by far less than the above in so long a time.
    static readonly TimeSpan afresh = TimeSpan.FromMinutes(1);

    Look last = See(machine);

    /// <summary>True once for each sleep. Asked by one at a time.</summary>
    public bool HasSlept()
    {
        var passed = machine.GetElapsedTime(last.Counter);
        var gap = machine.GetUtcNow() - last.Calendar - passed;
        var slept = AsleepOf(machine) - last.Asleep;
        var isSleep = gap > unnoticed || slept > unnoticed;
        if (!isSleep && gap > -unnoticed && passed < afresh)
            return false;
        last = See(machine);
        return isSleep;
    }

    static Look See(TimeProvider machine) => new(machine.GetTimestamp(), machine.GetUtcNow(), AsleepOf(machine));

    static TimeSpan AsleepOf(TimeProvider machine) => machine is BootClock ? BootClock.Asleep : TimeSpan.Zero;

    readonly record struct Look(long Counter, DateTimeOffset Calendar, TimeSpan Asleep);
}
