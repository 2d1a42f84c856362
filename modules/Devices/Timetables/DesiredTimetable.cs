using System.Text.Json;
using Loa.Air;

namespace Loa.Devices.Timetables;

/// <summary>The timetable that one speaker is to hold; its version never goes back.</summary>
sealed class DesiredTimetable
{
    public required Guid SpeakerId { get; init; }
    public long Version { get; set; }

    /// <summary>The whole timetable as JSON, signed whenever it is sent: so it never waits with a delegation that has ended.</summary>
    public string Payload { get; set; } = "";

    /// <summary>How many versions were sent as changes since the last whole one.</summary>
    public int Changes { get; set; }

    /// <summary>Digests of the releases its items name, separated by blanks.</summary>
    public string Releases { get; set; } = "";

    /// <summary>SHA-256 over the items: the same items need no new version.</summary>
    public string Content { get; set; } = "";
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>The end of what it covers.</summary>
    public DateTimeOffset To { get; set; }

    public string[] ReleaseList => Releases.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<TimetableItem> ReadItems() =>
        JsonSerializer.Deserialize(Payload, Timetable.Shape)?.Items ?? [];
}
