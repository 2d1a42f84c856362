using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Playout.Data;

namespace Loa.Playout.Timetables;

/// <summary>A timetable that is about to be sent and stored, and what it was made of.</summary>
/// <param name="Change">What to send to a speaker that holds the version before; null when it is to be sent whole.</param>
/// <param name="Changes">How many versions were sent as changes since the last whole one, this one with them.</param>
/// <param name="Before">The list that was stored when it was planned.</param>
/// <param name="Difference">What is new and gone since that list.</param>
sealed record PlannedTimetable(
    PlacedSpeaker Speaker,
    Timetable Whole,
    Timetable? Change,
    int Changes,
    Draft Draft,
    string? Before,
    ItemChange Difference
)
{
    // A speaker keeps the whole one and what was changed since; that must not grow for ever.
    const int MostChanges = 30;

    public Timetable Sent => Change ?? Whole;

    /// <summary>The releases that the speaker needs to believe what is sent.</summary>
    public IEnumerable<string> SentReleases => ReleasesOf(Sent.Items);

    public static IEnumerable<string> ReleasesOf(IReadOnlyList<TimetableItem> items) =>
        items.Select(item => item.Release).Distinct(StringComparer.Ordinal);

    /// <summary>An item may begin until its end, and is then played whole.</summary>
    public static DateTimeOffset OverAt(TimetableEntry entry) => entry.Until + entry.Bulletin.Duration;

    /// <param name="stored">The one before; null when none was made.</param>
    /// <param name="isHeld">The speaker holds that one for sure.</param>
    public static PlannedTimetable Of(
        PlacedSpeaker speaker,
        Timetable whole,
        Draft draft,
        ItemChange difference,
        DesiredTimetable? stored,
        bool isHeld
    )
    {
        var plan = new PlannedTimetable(speaker, whole, null, 0, draft, stored?.Content, difference);
        if (stored is null || !isHeld || stored.Changes >= MostChanges)
            return plan;
        // When most of it is new, the whole one is no longer.
        if (difference.Other.Count * 2 > whole.Items.Count && whole.Items.Count > 4)
            return plan;
        // The whole one fits into one message; a change is never longer, or it would be lost on a small board.
        if (draft.Room is not null && difference.Gone.Count > whole.Items.Count - difference.Other.Count)
            return plan;
        var change = whole with { Base = stored.Version, Items = difference.Other, Drop = difference.Gone };
        return plan with { Change = change, Changes = stored.Changes + 1 };
    }
}
