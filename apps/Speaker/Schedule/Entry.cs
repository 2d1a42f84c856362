using Loa.Air;

namespace Loa.Speaker.Schedule;

/// <summary>One item of the timetable that has not had its last word yet, with the release that lets it sound.</summary>
sealed class Entry(TimetableItem item, Signed<Release> signed, ItemNote note)
{
    public TimetableItem Item => item;

    public Release Release => signed.Document;

    public string ReleaseText => signed.Compact;

    public ItemNote Note { get; set; } = note;

    public Stage Stage { get; set; }

    /// <summary>Why it could not sound so far.</summary>
    public string? Obstacle { get; set; }

    /// <summary>From this moment on it makes no sense to begin.</summary>
    public DateTimeOffset End { get; } =
        item.Now ? item.Until : Earlier(item.Until, item.Start + signed.Document.Duration);

    /// <summary>Whether its airtime ends before its sound does.</summary>
    public bool IsCut => !item.Now && item.Until < item.Start + Release.Duration;

    public bool Covers(DateTimeOffset moment) => moment >= item.Start && moment < End;

    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <summary>How far an open item has come.</summary>
enum Stage
{
    /// <summary>Its sound is not here yet, or not verified.</summary>
    Waiting,

    /// <summary>Verified; it sounds when its time comes.</summary>
    Ready,

    Playing,
}
