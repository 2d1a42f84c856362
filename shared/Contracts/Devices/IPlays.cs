namespace Loa.Contracts.Devices;

/// <summary>How far one broadcast has come on one speaker.</summary>
public enum PlayStage
{
    /// <summary>The speaker has not confirmed anything yet.</summary>
    Waiting,

    /// <summary>The speaker holds the timetable.</summary>
    Delivered,

    /// <summary>The speaker holds the sound, and chain, scope and digest are right.</summary>
    Verified,

    Playing,

    /// <summary>A record signed by the speaker says the whole item was played.</summary>
    Heard,

    /// <summary>The speaker refused to play; the reason says why.</summary>
    Refused,

    /// <summary>Cut short, missed or failed, and nobody wished it; the reason says why.</summary>
    Failed,

    /// <summary>It ran to its end, and nobody can have heard it: the speaker itself says that hardly anything went out.</summary>
    Silent,

    /// <summary>It sounded in part and was then stopped, as somebody wished or for something more pressing.</summary>
    Cut,

    /// <summary>It was stopped before it sounded, or the speaker has not said yet how far it came.</summary>
    Stopped,
}

/// <summary>One speaker's part of a broadcast.</summary>
public sealed record SpeakerPlay(
    Guid SpeakerId,
    string Name,
    Guid UnitId,
    bool Online,
    PlayStage Stage,
    string? Reason,
    DateTimeOffset? At,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null
)
{
    /// <summary>How long it sounded; null when the speaker has not said so.</summary>
    public TimeSpan? Sounded => EndedAt - StartedAt;
}

/// <summary>How many speakers of a broadcast stand at each stage.</summary>
public sealed record PlayTally(int Total, IReadOnlyDictionary<PlayStage, int> ByStage)
{
    public int At(PlayStage stage) => ByStage.GetValueOrDefault(stage);

    /// <summary>Nothing more is expected of any speaker.</summary>
    public bool IsOver => ByStage.Where(s => s.Key.IsOver()).Sum(s => s.Value) == Total;
}

/// <summary>How a broadcast stands, without counting.</summary>
/// <param name="IsAwaited">Some speaker plays it or is still to play it.</param>
/// <param name="HasSounded">Some speaker played it, whole or in part.</param>
/// <param name="IsPromised">Some speaker was told of it.</param>
public sealed record PlayOutline(bool IsAwaited, bool HasSounded, bool IsPromised);

/// <summary>What stages mean.</summary>
public static class PlayStages
{
    /// <summary>Nothing more is expected of the speaker.</summary>
    public static bool IsOver(this PlayStage stage) => stage >= PlayStage.Heard;
}

/// <summary>What the other modules ask about plays; "within" narrows it to the speakers at or below these units.</summary>
public interface IPlays
{
    /// <summary>A broadcast is heard once, so a speaker is counted once.</summary>
    ValueTask<PlayTally> Tally(Guid broadcastId, CancellationToken cancel, IReadOnlyCollection<Guid>? within = null);

    ValueTask<PlayOutline> Outline(Guid broadcastId, CancellationToken cancel);

    /// <summary>How many speakers play one of these broadcasts now or are still to play it.</summary>
    ValueTask<int> StillToCome(IReadOnlyCollection<Guid> broadcastIds, CancellationToken cancel);

    /// <summary>Those who need attention first (refused, failed, silent, waiting), then by name.</summary>
    /// <param name="tally">By which whole stages are passed unread.</param>
    ValueTask<IReadOnlyList<SpeakerPlay>> Of(
        Guid broadcastId,
        PlayTally tally,
        int skip,
        int take,
        CancellationToken cancel,
        IReadOnlyCollection<Guid>? within = null
    );
}

/// <summary>What the other modules ask of the registry of speakers.</summary>
public interface ISpeakers
{
    /// <summary>Speakers at or below any of the units, how many of them can be reached by us, and how many are online now.</summary>
    ValueTask<SpeakerCount> Count(IReadOnlyCollection<Guid> units, CancellationToken cancel);

    /// <summary>For each unit at or below the given ones that has speakers of its own: how many of them can be reached by us.</summary>
    ValueTask<IReadOnlyDictionary<Guid, int>> ByUnit(IReadOnlyCollection<Guid> units, CancellationToken cancel);
}

/// <param name="Total">All registered.</param>
/// <param name="Enrolled">With a key of their own, able to verify.</param>
/// <param name="Online">Connected now.</param>
public sealed record SpeakerCount(int Total, int Enrolled, int Online);
