namespace Loa.Devices.Timetables;

/// <summary>The timetable that one speaker is to hold; its version never goes back.</summary>
sealed class DesiredTimetable
{
    public required Guid SpeakerId { get; init; }
    public long Version { get; set; }
    public string Jws { get; set; } = "";

    /// <summary>The delegation that lets the server's key sign it.</summary>
    public string Delegation { get; set; } = "";

    /// <summary>Digests of the releases its items name, separated by blanks.</summary>
    public string Releases { get; set; } = "";

    /// <summary>SHA-256 over the items: the same items need no new version.</summary>
    public string Content { get; set; } = "";
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>The end of what it covers.</summary>
    public DateTimeOffset To { get; set; }

    public string[] ReleaseList => Releases.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
