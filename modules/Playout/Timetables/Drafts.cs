using Loa.Air;
using Loa.Contracts.Broadcasting;

namespace Loa.Playout.Timetables;

/// <summary>What some speakers are to hold, before it is one speaker's timetable.</summary>
/// <param name="Entries">Those that fit.</param>
/// <param name="LeftOut">How many did not.</param>
/// <param name="Room">The largest message that it was made for; null when any was allowed.</param>
sealed record Draft(
    IReadOnlyList<TimetableEntry> Entries,
    IReadOnlyList<TimetableItem> Items,
    string Content,
    int LeftOut,
    DateTimeOffset To,
    int? Room = null
);

/// <summary>
/// Drafts and what they change, worked out once for all speakers that are to hold the same and hold the same: an order to the
/// province costs what a place costs, not what a speaker costs.
/// </summary>
/// <param name="held">The lists that the speakers hold, by their digests.</param>
sealed class Drafts(DateTimeOffset now, IReadOnlyDictionary<string, IReadOnlyList<TimetableItem>> held)
{
    readonly Dictionary<(IReadOnlyList<TimetableEntry>, string, int?), Draft> drafts = [];
    readonly Dictionary<(string, string), ItemChange> changes = [];

    /// <param name="content">The list that the speaker was told last.</param>
    /// <param name="room">The largest message that the speaker takes; null when it takes any.</param>
    public Draft Of(IReadOnlyList<TimetableEntry> entries, string? content, int? room = null)
    {
        // Only what may no longer begin depends on what the speaker was told.
        var key = (entries, entries.Any(IsOnlyForWhoKnowsIt) ? content ?? "" : "", room);
        if (!drafts.TryGetValue(key, out var draft))
            drafts[key] = draft = Make(entries, content, room);
        return draft;
    }

    /// <summary>From what the speaker was told last; all is new when that is not known.</summary>
    public ItemChange ChangeTo(Draft draft, string? content)
    {
        var key = (content ?? "", draft.Content);
        if (!changes.TryGetValue(key, out var change))
            changes[key] = change = ItemChange.Between(ItemsOf(content), draft.Items);
        return change;
    }

    IReadOnlyList<TimetableItem> ItemsOf(string? content) =>
        content is null ? [] : held.GetValueOrDefault(content) ?? [];

    // A speaker that was never told of an item that has begun should not be told now, only to report it missed.
    bool IsOnlyForWhoKnowsIt(TimetableEntry entry) => entry.Until <= now && PlannedTimetable.OverAt(entry) > now;

    Draft Make(IReadOnlyList<TimetableEntry> entries, string? content, int? room)
    {
        var told = ItemsOf(content).Select(item => item.Id).ToHashSet();
        TimetableEntry[] mine =
        [
            .. entries.Where(e => e.Until > now || (IsOnlyForWhoKnowsIt(e) && told.Contains(e.Id))),
        ];
        var fitting = TimetableCapacity.Of(mine, room);
        TimetableItem[] items = [.. fitting.Select(Item)];
        return new(fitting, items, ItemList.DigestOf(items), mine.Length - fitting.Count, End(mine, fitting), room);
    }

    // What was left out gets another chance before it is due (RenewTimetables).
    DateTimeOffset End(TimetableEntry[] all, IReadOnlyList<TimetableEntry> fitting)
    {
        if (fitting.Count == all.Length)
            return now + PlanTimetables.Ahead;
        var first = all.Except(fitting).First().Start;
        var soon = now + RenewTimetables.Often;
        return first > soon ? first : soon;
    }

    internal static TimetableItem Item(TimetableEntry entry) =>
        new(
            entry.Id,
            entry.BroadcastId,
            entry.Bulletin.ReleaseDigest,
            entry.Bulletin.Class,
            entry.Start,
            entry.Until,
            entry.Now,
            Resume: entry.Resume,
            Content: entry.Content == AirContent.Recording ? null : AirWord.Of(entry.Content)
        );
}
