namespace Loa.Speaker.Records;

/// <summary>When records are sent once more: at once the first time, ever more seldom while that does not help.</summary>
sealed class Resending(TimeProvider clock)
{
    static readonly TimeSpan first = TimeSpan.FromSeconds(1);
    static readonly TimeSpan longest = TimeSpan.FromMinutes(5);

    long? wanted;
    long last;
    TimeSpan pause;

    /// <summary>All after this number.</summary>
    public void Want(long after) => wanted = wanted is { } other ? Math.Min(other, after) : after;

    public long? Take()
    {
        if (wanted is not { } after || clock.GetElapsedTime(last) < pause)
            return null;
        var next = pause * 2;
        pause =
            pause == TimeSpan.Zero ? first
            : next < longest ? next
            : longest;
        (wanted, last) = (null, clock.GetTimestamp());
        return after;
    }

    /// <summary>It has helped.</summary>
    public void Reset() => pause = TimeSpan.Zero;
}
