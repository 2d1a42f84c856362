using Loa.Air;
using Loa.Audio;

namespace Loa.Speaker.Schedule;

/// <summary>One item of the timetable that has not had its last word yet, with the release that lets it sound.</summary>
/// <param name="seen">When this speaker heard of it.</param>
/// <param name="isFiller">It has no time of its own: it sounds in place of an item that cannot.</param>
sealed class Entry(
    TimetableItem item,
    Signed<Release> signed,
    ItemNote note,
    DateTimeOffset seen = default,
    bool isFiller = false
)
{
    // What the speaker has only just heard of may still be on its way here.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    public TimetableItem Item => item;

    public Release Release => signed.Document;

    public string ReleaseText => signed.Compact;

    public bool IsFiller => isFiller;

    public DateTimeOffset Seen => seen;

    public ItemNote Note { get; set; } = note;

    public Stage Stage { get; set; }

    /// <summary>Why it could not sound so far.</summary>
    public string? Obstacle { get; set; }

    /// <summary>An operator stopped it before it began.</summary>
    public bool IsCalledOff { get; set; }

    /// <summary>The first sample that was not heard yet, when it goes on where it stopped; null when its place in the sound follows from the time.</summary>
    public long? GoesOnAt { get; set; } = note.Heard;

    /// <summary>Whether it is heard from its first sample (or goes on where it stopped) however late it begins.</summary>
    public bool IsWhole => item.Now || GoesOnAt is not null;

    /// <summary>From this moment on it makes no sense to begin.</summary>
    public DateTimeOffset End => IsWhole ? item.Until : Earlier(item.Until, item.Start + signed.Document.Duration);

    /// <summary>When something else may sound in its place, if its own sound is still not here.</summary>
    public DateTimeOffset Lacks =>
        Stage is Stage.Playing or Stage.Ready ? DateTimeOffset.MaxValue
        : item.Now && (item.Class != AirClass.Emergency || Obstacle is null) ? DateTimeOffset.MaxValue
        : Later(item.Start, seen + patience);

    public bool Covers(DateTimeOffset moment) => moment >= item.Start && moment < End;

    /// <summary>The sample of its sound that is due at a moment.</summary>
    public long At(DateTimeOffset moment)
    {
        if (IsWhole)
            return GoesOnAt ?? 0;
        var late = moment - item.Start;
        return late <= TimeSpan.Zero ? 0 : (long)(late.TotalSeconds * OggOpus.SampleRateHz);
    }

    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>How far an open item has come.</summary>
enum Stage
{
    /// <summary>Its sound is not here yet, or not verified.</summary>
    Waiting,

    /// <summary>Its sound can never be good; something else may sound at its time.</summary>
    Spoilt,

    /// <summary>Verified; it sounds when its time comes.</summary>
    Ready,

    Playing,
}
