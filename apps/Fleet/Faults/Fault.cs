namespace Loa.Fleet.Faults;

/// <summary>One thing that is done to some speakers at some moment.</summary>
/// <param name="At">Since the fleet began.</param>
/// <param name="Lasting">Until the end, when null.</param>
sealed record Fault(TimeSpan At, Whom Whom, FaultKind Kind, TimeSpan? Lasting)
{
    /// <summary>How slow, for <see cref="FaultKind.Slow"/> and <see cref="FaultKind.Lossy"/>.</summary>
    public Lines.Profile? Profile { get; init; }

    /// <summary>How wrong, for <see cref="FaultKind.Clock"/>.</summary>
    public TimeSpan Shift { get; init; }

    /// <summary>How long it is up and down, for <see cref="FaultKind.Flap"/>.</summary>
    public (TimeSpan Up, TimeSpan Down) Beat { get; init; }
}

enum FaultKind
{
    /// <summary>The line breaks and stays broken.</summary>
    Cut,

    /// <summary>The line breaks again and again.</summary>
    Flap,

    /// <summary>The line becomes one of the known kinds.</summary>
    Slow,

    /// <summary>The line loses a share of what is sent.</summary>
    Lossy,

    /// <summary>The clock is set wrong.</summary>
    Clock,

    /// <summary>Nothing can be stored any more.</summary>
    Disk,

    /// <summary>With the speaker's own key, somebody tells the server untruths.</summary>
    Lie,

    /// <summary>The power fails.</summary>
    Off,
}
