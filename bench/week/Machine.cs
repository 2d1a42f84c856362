namespace Loa.Bench.Week;

/// <summary>The machine of one speaker: its counter runs a little wrong, and its calendar may lie.</summary>
sealed class Machine(World world, double driftPpm) : TimeProvider
{
    /// <summary>How far its calendar is from the truth.</summary>
    public TimeSpan CalendarOff { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone =>
        TimeZoneInfo.CreateCustomTimeZone("Lạ", TimeSpan.FromHours(CalendarOff < TimeSpan.Zero ? -5 : 9), "Lạ", "Lạ");

    public override long GetTimestamp()
    {
        var time = world.GetTimestamp();
        return time + (long)(time * driftPpm / 1e6);
    }

    public override DateTimeOffset GetUtcNow() => world.Now + CalendarOff;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        world.CreateTimer(callback, state, dueTime, period);
}
