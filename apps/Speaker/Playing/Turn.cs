using Loa.Speaker.Schedule;

namespace Loa.Speaker.Playing;

/// <summary>While one item is heard: makes ready what is more pressing, and says when the one that is heard must give way.</summary>
sealed class Turn(Programme programme, Func<Entry, Act?> prepare, TimeProvider clock, CancellationToken cancel)
{
    // Making ready must not eat into the moment at which the next is due.
    static readonly TimeSpan ahead = TimeSpan.FromMilliseconds(500);

    Task<Act?> next = Task.FromResult<Act?>(null);
    Entry? rising;

    /// <summary>What is heard next without a pause; null when nothing was made ready.</summary>
    public Task<Act?> Next => next;

    /// <summary>Why what is heard must end now; null as long as it may go on.</summary>
    public string? Why()
    {
        if (cancel.IsCancellationRequested)
            return StopReason.Shutdown;
        var now = clock.GetUtcNow();
        if (programme.WhyStop is { } reason)
            return reason;
        if (programme.Playing is { IsWhole: false } playing && now >= playing.Item.Until)
            return StopReason.TimeOver;
        Rise(now);
        // It goes on being heard until the other is ready.
        return rising is not null && next.IsCompleted && now >= rising.Item.Start ? StopReason.Outranked : null;
    }

    void Rise(DateTimeOffset now)
    {
        if (rising is not null && next is { IsCompletedSuccessfully: true } && !IsReady())
            rising = null;
        if (
            rising is null
            && programme.Playing is { } current
            && programme.Pick(now + ahead, Order.Rank(current)) is { } entry
        )
            (rising, next) = (entry, Task.Run(() => prepare(entry), CancellationToken.None));
    }

    // It was made ready, and not refused or found missing.
    bool IsReady() => next.GetAwaiter().GetResult() is not null;
}
