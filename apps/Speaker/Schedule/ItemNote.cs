using Loa.Air;

namespace Loa.Speaker.Schedule;

/// <summary>How far one item of the timetable has come on this speaker, as kept over a power cut.</summary>
/// <param name="Tries">How many times its sound began.</param>
/// <param name="Since">When the sound that is going on began; absent when there is none.</param>
/// <param name="Closed">Its last word is written: it will not sound again.</param>
/// <param name="Changed">When this was noted.</param>
/// <param name="Heard">The sample at which it goes on; absent when its place in the sound follows from the time.</param>
/// <param name="Instead">What sounded in its place.</param>
sealed record ItemNote(
    Guid Item,
    Guid Broadcast,
    DateTimeOffset Planned,
    Guid? Bulletin,
    string? Digest,
    int Tries,
    DateTimeOffset? Since,
    bool Closed,
    DateTimeOffset Changed,
    long? Heard = null,
    string? Instead = null
)
{
    public static ItemNote Of(TimetableItem item, DateTimeOffset now) =>
        new(item.Id, item.Broadcast, item.Start, null, null, 0, null, Closed: false, now);

    /// <summary>A play that did not come to a sound, not yet in the chain of records.</summary>
    public AirRecord Record(Guid speaker, DateTimeOffset at, PlayOutcome outcome, string? reason) =>
        new(speaker, 0, "", at, RecordKind.Play)
        {
            Item = Item,
            Broadcast = Broadcast,
            Bulletin = Bulletin,
            Digest = Digest,
            Planned = Planned,
            Outcome = outcome,
            Reason = reason,
            Instead = Instead is { } word ? Enum.Parse<Fallback>(word) : null,
        };

    /// <summary>A play that was heard, whole or in part.</summary>
    public AirRecord Record(Guid speaker, DateTimeOffset at, PlayResult result) =>
        Record(speaker, at, result.Outcome, result.Reason) with
        {
            Start = result.Start,
            End = result.End,
            Late = result.Start - Planned,
            Offset = result.Offset,
            ClockError = result.ClockError,
            Silent = result.Silent,
            Clipped = result.Clipped,
            Instead = null,
        };
}
