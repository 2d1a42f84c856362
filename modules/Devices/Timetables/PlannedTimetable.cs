using System.Security.Cryptography;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Broadcasting;

namespace Loa.Devices.Timetables;

/// <summary>A timetable that is about to be sent and stored, and the entries it was made of.</summary>
/// <param name="Change">What to send to a speaker that holds the version before; null when it is to be sent whole.</param>
/// <param name="Changes">How many versions were sent as changes since the last whole one, this one with them.</param>
sealed record PlannedTimetable(
    Timetable Whole,
    Timetable? Change,
    int Changes,
    IReadOnlyList<TimetableEntry> Entries,
    string Content
)
{
    // A speaker keeps the whole one and what was changed since; that must not grow for ever.
    const int MostChanges = 30;

    public Timetable Sent => Change ?? Whole;

    /// <summary>The releases that the speaker needs to believe what is sent.</summary>
    public IEnumerable<string> SentReleases => Sent.Items.Select(item => item.Release).Distinct(StringComparer.Ordinal);

    /// <summary>An item may begin until its end, and is then played whole.</summary>
    public static DateTimeOffset OverAt(TimetableEntry entry) => entry.Until + entry.Bulletin.Duration;

    /// <summary>SHA-256 over the items: the same items need no new version.</summary>
    public static string ContentOf(IReadOnlyList<TimetableItem> items) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(items)));

    /// <param name="held">What the speaker holds for sure; null when that is not known.</param>
    public static PlannedTimetable Of(
        Timetable whole,
        IReadOnlyList<TimetableEntry> entries,
        string content,
        DesiredTimetable? held
    )
    {
        if (held is null || held.Changes >= MostChanges)
            return new(whole, null, 0, entries, content);
        var before = held.ReadItems().ToDictionary(item => item.Id);
        TimetableItem[] other = [.. whole.Items.Where(item => before.GetValueOrDefault(item.Id) != item)];
        Guid[] gone = [.. before.Keys.Except(whole.Items.Select(item => item.Id))];
        // When most of it is new, the whole one is no longer.
        if (other.Length * 2 > whole.Items.Count && whole.Items.Count > 4)
            return new(whole, null, 0, entries, content);
        var change = whole with { Base = held.Version, Items = other, Drop = gone };
        return new(whole, change, held.Changes + 1, entries, content);
    }
}
