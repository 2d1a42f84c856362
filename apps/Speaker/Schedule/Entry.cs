using Loa.Air;
using Loa.Audio;

namespace Loa.Speaker.Schedule;

/// <summary>One item of the timetable that has not had its last word yet, with the document that lets it sound.</summary>
/// <param name="seen">When this speaker heard of it.</param>
abstract class Entry(TimetableItem item, ItemNote note, DateTimeOffset seen)
{
    // What the speaker has only just heard of may still be on its way here.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    public TimetableItem Item => item;

    public abstract string Title { get; }

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
    public virtual bool IsWhole => item.Now || GoesOnAt is not null;

    /// <summary>From this moment on it makes no sense to begin.</summary>
    public abstract DateTimeOffset End { get; }

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

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>An item whose sound is a file that a release names.</summary>
/// <param name="isFiller">It has no time of its own: it sounds in place of an item that cannot.</param>
sealed class RecordedEntry(
    TimetableItem item,
    Signed<Release> signed,
    ItemNote note,
    DateTimeOffset seen = default,
    bool isFiller = false
) : Entry(item, note, seen)
{
    public Release Release => signed.Document;

    public string ReleaseText => signed.Compact;

    public bool IsFiller => isFiller;

    public override string Title => Release.Title;

    public override DateTimeOffset End =>
        IsWhole || Item.Until < Item.Start + Release.Duration ? Item.Until : Item.Start + Release.Duration;
}

/// <summary>An item whose sound comes while it sounds: its place in it is the time, and what was not heard is over.</summary>
sealed class StreamedEntry(TimetableItem item, Signed<SoundStream> signed, ItemNote note, DateTimeOffset seen)
    : Entry(item, note, seen)
{
    public SoundStream Stream => signed.Document;

    public string StreamText => signed.Compact;

    public override string Title => Stream.Title;

    public override bool IsWhole => false;

    public override DateTimeOffset End => Item.Until;
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
