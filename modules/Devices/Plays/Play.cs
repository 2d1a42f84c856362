using Loa.Contracts.Devices;

namespace Loa.Devices.Plays;

/// <summary>One item of one speaker's timetable and how far it has come. The speaker's signed record decides it.</summary>
sealed class Play
{
    public required Guid SpeakerId { get; init; }
    public required Guid ItemId { get; init; }
    public required Guid BroadcastId { get; init; }
    public string Title { get; set; } = "";
    public PlayStage Stage { get; set; }
    public string? Reason { get; set; }

    /// <summary>When the stage was reached.</summary>
    public DateTimeOffset? At { get; set; }
    public DateTimeOffset Start { get; set; }

    /// <summary>When nothing more can come of it.</summary>
    public DateTimeOffset OverAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Milliseconds after the planned start.</summary>
    public int? LateMs { get; set; }

    /// <summary>A record says so; nothing else changes it any more.</summary>
    public bool Decided { get; set; }

    public bool IsOver => Stage >= PlayStage.Heard;

    /// <summary>Takes a word that is not proof. A speaker that was told again does not fall back, unless it had refused.</summary>
    public bool Report(PlayStage stage, string? reason, DateTimeOffset at)
    {
        var falls = stage < Stage && Stage is not (PlayStage.Refused or PlayStage.Failed);
        if (Decided || falls || (stage == Stage && reason == Reason))
            return false;
        (Stage, Reason, At) = (stage, reason, at);
        return true;
    }
}
