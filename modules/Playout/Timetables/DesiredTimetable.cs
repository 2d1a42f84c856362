using Loa.Air;

namespace Loa.Playout.Timetables;

/// <summary>
/// The timetable that one speaker is to hold; its version never goes back. It is signed whenever it is sent: so it never waits
/// with a delegation that has ended.
/// </summary>
sealed class DesiredTimetable
{
    public required Guid SpeakerId { get; init; }
    public required long Version { get; init; }

    /// <summary>How many versions were sent as changes since the last whole one.</summary>
    public required int Changes { get; init; }

    /// <summary>The list of its items by its digest: the same items need no new version.</summary>
    public required string Content { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The end of what it covers.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The largest message that it was made for; null when any was allowed.</summary>
    public int? Room { get; init; }

    public Timetable Whole(IReadOnlyList<TimetableItem> items) => new(SpeakerId, Version, MadeAt, MadeAt, To, items);
}
