namespace Loa.Speaker;

/// <summary>How other parts tell the loops that wait that there is something new.</summary>
sealed class Wakeups
{
    public Wakeups(TimeProvider clock)
    {
        (Sending, Fetching, Updating) = (new(clock), new(clock), new(clock));
        // The server hears of what changes here without asking for it.
        Playing = new(clock, also: Sending);
    }

    /// <summary>Something is to be told to the server.</summary>
    public Wakeup Sending { get; }

    /// <summary>A sound is wanted.</summary>
    public Wakeup Fetching { get; }

    /// <summary>An update was ordered.</summary>
    public Wakeup Updating { get; }

    /// <summary>Something else may be due.</summary>
    public Wakeup Playing { get; }
}
