using Loa.Air;
using Loa.Contracts.Devices;

namespace Loa.Playout.AsRun;

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

    /// <summary>How long hardly anything went out, as the record says; null before it was looked at.</summary>
    public int? SilentMs { get; set; }

    /// <summary>A record says so; nothing else changes it any more.</summary>
    public bool Decided { get; set; }

    public bool IsOver => Stage.IsOver();

    /// <summary>Takes the word that decides.</summary>
    /// <param name="at">When it was recorded.</param>
    /// <param name="heard">When the record came.</param>
    public void Decide(AirRecord record, DateTimeOffset at, DateTimeOffset heard)
    {
        Stage = StageOf(record);
        Reason = Stage switch
        {
            PlayStage.Heard => null,
            PlayStage.Silent => PlayReasons.Silent,
            _ => record.Reason ?? "play." + record.Outcome!.ToString()!.ToLowerInvariant(),
        };
        (At, Decided) = (at, true);
        StartedAt = record.Start is { } start && SaneMoment.Is(start, heard) ? start : null;
        EndedAt = record.End is { } end && SaneMoment.Is(end, heard) ? end : null;
        (LateMs, SilentMs) = (Whole(record.Late), Whole(record.Silent) ?? 0);
    }

    /// <summary>Takes from its old record what nobody had looked at; null when there is none.</summary>
    public void Weigh(AirRecord? record)
    {
        SilentMs = Whole(record?.Silent) ?? 0;
        if (record is { WasSilent: true })
            (Stage, Reason) = (PlayStage.Silent, PlayReasons.Silent);
    }

    static PlayStage StageOf(AirRecord record) =>
        record.Outcome switch
        {
            PlayOutcome.Played when record.WasSilent => PlayStage.Silent,
            // What sounded in its place was not the item.
            PlayOutcome.Played when record.Instead is null => PlayStage.Heard,
            PlayOutcome.Refused => PlayStage.Refused,
            _ when !PlayReasons.Wished.Contains(record.Reason ?? "") => PlayStage.Failed,
            _ => record.Start is null ? PlayStage.Stopped : PlayStage.Cut,
        };

    static int? Whole(TimeSpan? time) =>
        time is { } some ? (int)Math.Clamp(some.TotalMilliseconds, int.MinValue, int.MaxValue) : null;

    /// <summary>Takes a word that is not proof. A speaker that was told again does not fall back, unless it had refused.</summary>
    public bool Report(PlayStage stage, string? reason, DateTimeOffset at)
    {
        var falls = stage < Stage && (!IsOver || Stage == PlayStage.Heard);
        if (Decided || falls || (stage == Stage && reason == Reason))
            return false;
        (Stage, Reason, At) = (stage, reason, at);
        return true;
    }
}
