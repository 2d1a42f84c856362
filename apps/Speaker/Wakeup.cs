namespace Loa.Speaker;

/// <summary>Tells one waiter that something changed; several changes before it looks are one.</summary>
/// <param name="also">Is raised with it.</param>
sealed class Wakeup(TimeProvider clock, Wakeup? also = null)
{
    TaskCompletionSource pending = New();

    public void Raise()
    {
        Volatile.Read(ref pending).TrySetResult();
        also?.Raise();
    }

    /// <summary>True when raised, false when the time ran out.</summary>
    public async Task<bool> Wait(TimeSpan most, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var current = Volatile.Read(ref pending);
        if (!current.Task.IsCompleted && most > TimeSpan.Zero)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            // Timers know only whole milliseconds: less than one would be no wait at all, again and again.
            var whole = TimeSpan.FromMilliseconds(Math.Ceiling(most.TotalMilliseconds));
            await Task.WhenAny(current.Task, Task.Delay(whole, clock, enough.Token));
            await enough.CancelAsync();
            cancel.ThrowIfCancellationRequested();
        }
        if (!current.Task.IsCompleted)
            return false;
        Volatile.Write(ref pending, New());
        return true;
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
