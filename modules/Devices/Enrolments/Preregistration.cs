namespace Loa.Devices.Enrolments;

/// <summary>A list of speakers with their keys that a technician brought, before and after it is entered.</summary>
sealed class Preregistration
{
    public required Guid Id { get; init; }
    public required Guid OfficerId { get; init; }
    public required string By { get; init; }
    public required string FileName { get; init; }

    /// <summary>The file as it came; emptied when it was entered, for then the acts say it.</summary>
    public required string Text { get; set; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>How many speakers were entered.</summary>
    public int Speakers { get; set; }
}
