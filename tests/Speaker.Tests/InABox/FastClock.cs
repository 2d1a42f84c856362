namespace Loa.Speaker.InABox;

/// <summary>A clock that runs faster than the world from a moment on, so that an idle hour passes in seconds.</summary>
sealed class FastClock : TimeProvider
{
    readonly Lock gate = new();
    long since = System.GetTimestamp();
    TimeSpan passed;
    DateTimeOffset start = System.GetUtcNow();
    int speed = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that are set from now on, and the time itself, run so many times faster.</summary>
    public void Run(int times)
    {
        lock (gate)
            (passed, since, speed) = (Passed, System.GetTimestamp(), times);
    }

    public override long GetTimestamp()
    {
        lock (gate)
            return Passed.Ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return start + Passed;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Fast(this, System.CreateTimer(callback, state, Real(dueTime), Real(period)));

    TimeSpan Passed => passed + (System.GetElapsedTime(since) * speed);

    TimeSpan Real(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Volatile.Read(ref speed);

    sealed class Fast(FastClock clock, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
