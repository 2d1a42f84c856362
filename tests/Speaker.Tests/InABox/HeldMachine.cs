namespace Loa.Speaker.InABox;

/// <summary>A machine whose time passes only when a test says so: its counter runs as badly, and its calendar lies as much, as it is told.</summary>
sealed class HeldMachine(DateTimeOffset start) : TimeProvider
{
    long counter = 1_000_000;
    double rest;

    /// <summary>What time it really is.</summary>
    public DateTimeOffset True { get; private set; } = start;

    /// <summary>How much faster than the truth its counter runs, in millionths.</summary>
    public double DriftPpm { get; set; }

    /// <summary>How far its calendar is from the truth.</summary>
    public TimeSpan CalendarOff { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone =>
        TimeZoneInfo.CreateCustomTimeZone("Lạ", TimeSpan.FromHours(CalendarOff < TimeSpan.Zero ? -5 : 9), "Lạ", "Lạ");

    public override long GetTimestamp() => counter;

    public override DateTimeOffset GetUtcNow() => True + CalendarOff;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("Nothing waits here; the test moves the time.");

    /// <summary>The world goes on, and the calendar with it; the counter stands still.</summary>
    public void Sleep(TimeSpan time) => True += time;

    public void Advance(TimeSpan by)
    {
        True += by;
        var ticks = (by.Ticks * (1 + (DriftPpm / 1e6))) + rest;
        counter += (long)ticks;
        rest = ticks - Math.Floor(ticks);
    }
}
