using Loa.Air;

namespace Loa.Speaker.Schedule;

/// <summary>How one sound of an item went.</summary>
/// <param name="Offset">Where in the sound it began.</param>
/// <param name="HeardTo">The sample at which it would go on.</param>
sealed record PlayResult(
    PlayOutcome Outcome,
    string? Reason,
    DateTimeOffset Start,
    DateTimeOffset End,
    TimeSpan Offset,
    long HeardTo,
    TimeSpan ClockError,
    TimeSpan Silent,
    int Clipped
)
{
    /// <summary>Whether the item may sound again.</summary>
    public bool MayGoOn(TimetableItem item) =>
        Outcome == PlayOutcome.Interrupted
        && StopReason.MayGoOn(Reason!)
        // What must give way to something more pressing goes on if it is to be heard whole; else the rest is left out.
        && (Reason != StopReason.Outranked || item.Resume || item.Now);
}
