namespace Loa.Broadcasting.Timetable;

/// <summary>What becomes of a candidate at one place.</summary>
enum FateKind
{
    AsAsked,

    /// <summary>Heard whole, at another moment of its time.</summary>
    Moved,

    /// <summary>Heard in more than one piece, because something more pressing came between.</summary>
    Interrupted,

    /// <summary>Heard in a later session than the first it could have been in.</summary>
    Postponed,

    /// <summary>Not all of it is heard.</summary>
    Shortened,

    Dropped,
}

/// <summary>What becomes of a candidate at one place, when it is first heard, and why.</summary>
/// <param name="Because">The key of the reason (Words "timetable.because.…").</param>
/// <param name="Policy">The unit (or speaker) whose rule it was.</param>
/// <param name="Other">The candidate that stood before it.</param>
sealed record Fate(
    AirCandidate Candidate,
    FateKind Kind,
    DateTimeOffset? At,
    string Because,
    Guid? Policy = null,
    Guid? Other = null
);

/// <summary>One item as a speaker is told it.</summary>
/// <param name="Part">Which of the candidate's parts.</param>
/// <param name="IsWhole">From its beginning however late, as long as it begins before <paramref name="Until"/>; else it ends then.</param>
sealed record ToldItem(AirCandidate Candidate, int Part, DateTimeOffset Start, DateTimeOffset Until, bool IsWhole)
{
    public TimeSpan Length => Candidate.Parts[Part].Length;

    public bool GoesOn => Candidate.GoesOn;
}

/// <summary>What is heard between two moments, and from where in its sound.</summary>
/// <param name="CutBy">What ended it before its end.</param>
readonly record struct HeardStretch(
    ToldItem Item,
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan Offset,
    ToldItem? CutBy = null
);

/// <summary>All that was decided for one place: what its speaker is told, what is therefore heard, and each candidate's fate.</summary>
sealed record PlaceAir(IReadOnlyList<ToldItem> Told, IReadOnlyList<HeardStretch> Heard, IReadOnlyList<Fate> Fates);
