using Loa.Air;

namespace Loa.Speaker.Schedule;

/// <summary>How far one item of the timetable has come on this speaker, as kept over a power cut.</summary>
/// <param name="Tries">How many times its sound began.</param>
/// <param name="Since">When the sound that is going on began; absent when there is none.</param>
/// <param name="Closed">Its last word is written: it will not sound again.</param>
/// <param name="Changed">When this was noted.</param>
/// <param name="Offset">Where in its sound it began when it began last.</param>
/// <param name="Heard">The sample at which it goes on; absent when its place in the sound follows from the time.</param>
/// <param name="Instead">What sounded in its place.</param>
/// <param name="ClockError">How far the clock may have been wrong when it began last.</param>
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
    TimeSpan Offset = default,
    long? Heard = null,
    string? Instead = null,
    TimeSpan? ClockError = null
)
{
    public static ItemNote Of(TimetableItem item, DateTimeOffset now) =>
        new(item.Id, item.Broadcast, item.Start, null, null, 0, null, Closed: false, now);

    /// <summary>A play, not yet in the chain of records.</summary>
    public AirRecord Record(
        Guid speaker,
        DateTimeOffset at,
        PlayOutcome outcome,
        string? reason,
        DateTimeOffset? start = null,
        DateTimeOffset? end = null
    ) =>
        new(speaker, 0, "", at, RecordKind.Play)
        {
            Item = Item,
            Broadcast = Broadcast,
            Bulletin = Bulletin,
            Digest = Digest,
            Planned = Planned,
            Start = start,
            End = end,
            Outcome = outcome,
            Reason = reason,
            Late = start - Planned,
        };
}
