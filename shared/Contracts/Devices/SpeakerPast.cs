using Loa.Air;

namespace Loa.Contracts.Devices;

/// <summary>What a speaker was to play lately, what it refused, and what it sounded by itself; the latest first.</summary>
public sealed record SpeakerPast(
    IReadOnlyList<PastPlay> Plays,
    IReadOnlyList<PastRefusal> Refusals,
    IReadOnlyList<LocalSound> Locals
)
{
    public string? TitleOf(Guid? item) => Plays.FirstOrDefault(p => p.ItemId == item)?.Title;
}

/// <param name="At">When the stage was reached.</param>
/// <param name="LateMs">Milliseconds after the planned start.</param>
public sealed record PastPlay(
    Guid ItemId,
    Guid BroadcastId,
    string Title,
    PlayStage Stage,
    string? Reason,
    DateTimeOffset? At,
    DateTimeOffset Start,
    DateTimeOffset? StartedAt,
    int? LateMs,
    DateTimeOffset? EndedAt = null
);

/// <summary>Which plays of a speaker are asked for, by their planned start.</summary>
/// <param name="Stage">Null for any.</param>
/// <param name="Before">The first moment that is too late.</param>
public sealed record PlaysAsked(PlayStage? Stage, DateTimeOffset? From, DateTimeOffset? Before, bool Descending);

public sealed record PastRefusal(RefusalSubject? Subject, string? Reason, string? Detail, DateTimeOffset At);

/// <summary>What sounded at a speaker without having been ordered, as the speaker's own record says.</summary>
public sealed record LocalSound(string Source, DateTimeOffset Start, DateTimeOffset? End);
