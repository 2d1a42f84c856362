namespace Loa.Bench.Week;

/// <summary>The time of one simulated province: it stands still while anything is being done, and then goes to whatever is due next.</summary>
/// <remarks>All runs on the one thread of the pool. Nothing waits for a socket or a disk, so when nothing is queued there, everybody waits for time.</remarks>
sealed class World(DateTimeOffset start) : TimeProvider, IThreadPoolWorkItem
{
    readonly PriorityQueue<(Alarm Alarm, int Setting), (long At, long Number)> due = new();
    TaskCompletionSource over = new();
    long passed;
    long number;
    long end;
    int thread;

    /// <summary>What time it really is.</summary>
    public DateTimeOffset Now => start.AddTicks(passed);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>From here on the pool has one thread.</summary>
    public static void OneThread()
    {
        if (!ThreadPool.SetMinThreads(1, 1) || !ThreadPool.SetMaxThreads(1, 1))
            throw new InvalidOperationException("The pool could not be made to have one thread.");
    }

    // Zero means never to some.
    public override long GetTimestamp() => passed + TimeSpan.TicksPerHour;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Alarm(this, callback, state, dueTime, period);

    public void After(TimeSpan time, Action work) =>
        _ = new Alarm(this, _ => work(), null, time, Timeout.InfiniteTimeSpan);

    public Task Wait(TimeSpan time, CancellationToken cancel) => Task.Delay(time, this, cancel);

    /// <summary>Lets time pass until a moment.</summary>
    public Task Until(DateTimeOffset moment)
    {
        end = (moment - start).Ticks;
        over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return over.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        thread = thread == 0 ? Environment.CurrentManagedThreadId : thread;
        if (thread != Environment.CurrentManagedThreadId)
        {
            over.TrySetException(new InvalidOperationException("The simulated time needs a pool of one thread."));
            return;
        }
        // Whoever was woken goes first; time passes when all of them wait again.
        while (ThreadPool.PendingWorkItemCount == 0)
        {
            if (!due.TryPeek(out var next, out var when) || when.At >= end)
            {
                passed = end;
                over.TrySetResult();
                return;
            }
            due.Dequeue();
            passed = Math.Max(passed, when.At);
            next.Alarm.Ring(next.Setting);
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    sealed class Alarm : ITimer
    {
        readonly World world;
        readonly TimerCallback callback;
        readonly object? state;
        TimeSpan period;
        int setting;

        public Alarm(World world, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.world, this.callback, this.state) = (world, callback, state);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (this.period, setting) = (period, setting + 1);
            if (dueTime >= TimeSpan.Zero)
                world.due.Enqueue((this, setting), (world.passed + dueTime.Ticks, world.number++));
            return true;
        }

        public void Ring(int set)
        {
            if (set != setting)
                return;
            if (period > TimeSpan.Zero)
                Change(period, period);
            callback(state);
        }

        public void Dispose() => setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
