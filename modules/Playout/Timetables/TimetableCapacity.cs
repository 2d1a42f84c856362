using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Broadcasting;

namespace Loa.Playout.Timetables;

/// <summary>
/// How much one timetable holds. A speaker refuses a larger one whole, and with it the emergency that was added to it; so what
/// is too much is left for a later one: emergencies go first, then what is due sooner.
/// </summary>
/// <param name="message">The largest message that the speaker takes.</param>
sealed class TimetableCapacity(int message)
{
    // What MQTT and JSON put around, a timetable without items, and what lets the server sign it: twice while a root is changed.
    const int Around = 3 * 1024;
    const int AroundEach = 3;

    readonly HashSet<string> texts = new(new BySignature());
    int delegations = 2;
    int items;
    int text = Around;

    /// <summary>What fits into one message, in the order in which it came; the same list when all does.</summary>
    /// <param name="message">The largest message that the speaker takes; any that is allowed when absent.</param>
    public static IReadOnlyList<TimetableEntry> Of(IReadOnlyList<TimetableEntry> entries, int? message = null)
    {
        var most = Math.Min(message ?? TimetableMessage.MaxBytes, TimetableMessage.MaxBytes);
        if (new TimetableCapacity(most).Take(entries) == entries.Count)
            return entries;
        TimetableEntry[] pressing =
        [
            .. entries
                .Where(e => new TimetableCapacity(most).TryAdd(e))
                .OrderByDescending(e => e.Bulletin.Class == AirClass.Emergency)
                .ThenBy(e => e.Start)
                .ThenBy(e => e.Precedence),
        ];
        var fitting = pressing.Take(new TimetableCapacity(most).Take(pressing)).Select(e => e.Id).ToHashSet();
        return [.. entries.Where(e => fitting.Contains(e.Id))];
    }

    /// <summary>How many fit before the first that does not.</summary>
    int Take(IReadOnlyList<TimetableEntry> entries)
    {
        var most = Math.Min(entries.Count, Timetable.MostItems);
        for (var i = 0; i < most; i++)
            if (!TryAdd(entries[i]))
                return i;
        return most;
    }

    bool TryAdd(TimetableEntry entry)
    {
        items += LengthOf(entry) + 1;
        if (texts.Add(entry.Bulletin.Release))
            text += entry.Bulletin.Release.Length + AroundEach;
        foreach (var delegation in entry.Bulletin.Delegations)
            if (texts.Add(delegation))
                (text, delegations) = (text + delegation.Length + AroundEach, delegations + 1);
        return text + Base64(items) <= message && delegations <= TimetableMessage.MostDelegations;
    }

    static int LengthOf(TimetableEntry entry) =>
        JsonSerializer.SerializeToUtf8Bytes(Drafts.Item(entry), AirJson.Default.TimetableItem).Length;

    static int Base64(int bytes) => (bytes + 2) / 3 * 4;

    /// <summary>A compact JWS ends in its signature, which no other has: that much is enough to tell them apart fast.</summary>
    sealed class BySignature : IEqualityComparer<string>
    {
        const int End = 24;

        public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

        public int GetHashCode([DisallowNull] string jws) =>
            string.GetHashCode(jws.AsSpan(Math.Max(0, jws.Length - End)), StringComparison.Ordinal);
    }
}
