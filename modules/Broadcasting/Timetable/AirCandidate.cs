using Loa.Air;

namespace Loa.Broadcasting.Timetable;

/// <summary>How a candidate asks for its time.</summary>
enum AirTiming
{
    /// <summary>A leader's order of today: as soon as the air is free for it, inside or outside the sessions.</summary>
    Now,

    /// <summary>Planned at this very moment.</summary>
    Exact,

    /// <summary>Planned for the first session that has room.</summary>
    Session,
}

/// <summary>One sound of a candidate, and the silence after it.</summary>
/// <param name="Content">The bulletin; what is counted when the same is not to be heard too often.</param>
/// <param name="ValidTo">When its approval ends: what would begin later is left out.</param>
sealed record ProgrammePart(
    Guid Content,
    TimeSpan Length,
    DateTimeOffset ValidTo,
    TimeSpan GapAfter = default,
    bool IsJingle = false
);

/// <summary>One thing that asks to be heard once: an order of today, or one occurrence of what is planned.</summary>
/// <param name="Units">Where, each with all below it.</param>
/// <param name="Until">It may begin no later.</param>
sealed record AirCandidate(
    Guid Id,
    AirClass Class,
    IReadOnlyList<Guid> Units,
    DateTimeOffset Start,
    DateTimeOffset Until,
    IReadOnlyList<ProgrammePart> Parts
)
{
    public AirTiming Timing { get; init; }

    /// <summary>How deep the unit stands that ordered it; 0 is the province.</summary>
    public int Level { get; init; }

    /// <summary>A person speaks, or another station: it cannot wait.</summary>
    public bool IsLive { get; init; }

    /// <summary>After something more pressing it goes on where it stopped; else the rest is left out.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Heard from its beginning to its end or not at all.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Somebody asked that it be repeated, whatever the rule says.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Units or speakers that are left out.</summary>
    public IReadOnlyList<Guid> Except { get; init; } = [];

    /// <summary>The order of Circular 39/2020, spelled out: class, live before recorded, upper level first, then start, then id.</summary>
    public static int Compare(AirCandidate one, AirCandidate other)
    {
        var byClass = other.Class.CompareTo(one.Class);
        if (byClass != 0)
            return byClass;
        var byLive = other.IsLive.CompareTo(one.IsLive);
        if (byLive != 0)
            return byLive;
        var byLevel = one.Level.CompareTo(other.Level);
        if (byLevel != 0)
            return byLevel;
        var byStart = one.Start.CompareTo(other.Start);
        return byStart != 0 ? byStart : one.Id.CompareTo(other.Id);
    }
}

/// <summary>A commune decided which of two priority items goes first on its speakers; without this word the upper level does.</summary>
/// <param name="MadeAt">A word that comes after the deadline counts for nothing.</param>
sealed record PriorityChoice(Guid Unit, Guid First, Guid Second, DateTimeOffset MadeAt, DateTimeOffset Deadline)
{
    public bool IsInForce => MadeAt <= Deadline;
}
