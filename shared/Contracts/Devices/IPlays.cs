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

    /// <summary>Cut short, missed or failed; the reason says why.</summary>
    Failed,

    /// <summary>It ran to its end, and nobody can have heard it: the speaker itself says that hardly anything went out.</summary>
    Silent,
}

/// <summary>One speaker's part of a broadcast.</summary>
public sealed record SpeakerPlay(
    Guid SpeakerId,
    string Name,
    Guid UnitId,
    bool Online,
    PlayStage Stage,
    string? Reason,
    DateTimeOffset? At
);

/// <summary>How many speakers of a broadcast stand at each stage.</summary>
public sealed record PlayTally(int Total, IReadOnlyDictionary<PlayStage, int> ByStage)
{
    public int At(PlayStage stage) => ByStage.GetValueOrDefault(stage);

    /// <summary>Nothing more is expected: every speaker heard, refused, failed or was silent.</summary>
    public bool IsOver =>
        At(PlayStage.Heard) + At(PlayStage.Refused) + At(PlayStage.Failed) + At(PlayStage.Silent) == Total;
}

/// <summary>What the other modules ask about plays; "within" narrows it to the speakers at or below these units.</summary>
public interface IPlays
{
    /// <summary>A broadcast is heard once, so a speaker is counted once.</summary>
    ValueTask<PlayTally> Tally(Guid broadcastId, CancellationToken cancel, IReadOnlyCollection<Guid>? within = null);

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

    /// <summary>Ends only with <paramref name="cancel"/>; yields a change of one speaker as it is reported.</summary>
    IAsyncEnumerable<SpeakerPlay> Watch(Guid broadcastId, CancellationToken cancel);
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
