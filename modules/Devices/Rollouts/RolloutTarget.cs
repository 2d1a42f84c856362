namespace Loa.Devices.Rollouts;

/// <summary>How far an update has come on one speaker; stored by number, so the order stays.</summary>
enum TargetState
{
    /// <summary>Its turn has not come, or it is away.</summary>
    Waiting,
    Sent,

    /// <summary>The speaker itself reports the version.</summary>
    Done,
    Failed,

    /// <summary>It left the fleet meanwhile.</summary>
    Skipped,
}

/// <summary>One speaker in one rollout.</summary>
sealed class RolloutTarget
{
    public const string Silent = "rollout.silent";
    public const string RolledBack = "rollout.rolled-back";
    public const string Gone = "rollout.gone";

    public required Guid RolloutId { get; init; }
    public required Guid SpeakerId { get; init; }

    /// <summary>0 is the canary.</summary>
    public required int Group { get; init; }

    /// <summary>Where its name stood among the others' when the rollout began: the order it is listed in.</summary>
    public required string NameKey { get; init; }
    public TargetState State { get; set; }
    public Guid? CommandId { get; set; }
    public int Tries { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? Reason { get; set; }

    public void End(TargetState state, DateTimeOffset at, string? reason = null) =>
        (State, EndedAt, Reason) = (state, at, reason);
}
