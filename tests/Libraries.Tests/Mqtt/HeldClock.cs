using Microsoft.Extensions.Time.Testing;

namespace Loa.Mqtt;

/// <summary>A clock that stands still until a test moves it, and knows how many wait for their time.</summary>
sealed class HeldClock() : FakeTimeProvider(new(2026, 3, 1, 5, 30, 0, TimeSpan.Zero))
{
    int waiting;

    /// <summary>The sweeping of servers is among them.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref waiting);
        return new Counted(this, timer);
    }

    sealed class Counted(HeldClock clock, ITimer timer) : ITimer
    {
        int disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref disposed, 1) == 0)
                Interlocked.Decrement(ref clock.waiting);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
