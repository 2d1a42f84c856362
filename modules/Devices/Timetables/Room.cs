using System.Diagnostics.CodeAnalysis;
using Loa.Air;
using Loa.Contracts.Broadcasting;

namespace Loa.Devices.Timetables;

/// <summary>
/// How much one timetable holds. A speaker refuses a larger one whole, and with it the emergency that was added to it; so what
/// is too much is left for a later one, the least pressing and the farthest first.
/// </summary>
sealed class Room
{
    // The timetable itself, and what JSON puts around the rest.
    static readonly int mostText = TimetableMessage.MaxBytes - Timetable.MaxLength - (64 * 1024);

    readonly HashSet<string> texts = new(new BySignature());
    int delegations = 1;
    int text;

    /// <summary>Those that fit, in the order in which they came; the same list when all do.</summary>
    public static IReadOnlyList<TimetableEntry> Of(IReadOnlyList<TimetableEntry> entries)
    {
        if (new Room().Take(entries) == entries.Count)
            return entries;
        TimetableEntry[] pressing = [.. entries.OrderByDescending(e => MakeTimetables.ClassOf(e)).ThenBy(e => e.Start)];
        var fitting = pressing.Take(new Room().Take(pressing)).Select(e => e.Id).ToHashSet();
        return [.. entries.Where(e => fitting.Contains(e.Id))];
    }

    /// <summary>How many fit before the first that does not.</summary>
    int Take(IReadOnlyList<TimetableEntry> entries)
    {
        var most = Math.Min(entries.Count, Timetable.MostItems);
        for (var i = 0; i < most; i++)
            if (!TryAdd(entries[i].Bulletin.Release, entries[i].Bulletin.Delegations))
                return i;
        return most;
    }

    bool TryAdd(string release, IReadOnlyList<string> behind)
    {
        if (texts.Add(release))
            text += release.Length;
        foreach (var delegation in behind)
            if (texts.Add(delegation))
                (text, delegations) = (text + delegation.Length, delegations + 1);
        return text <= mostText && delegations <= TimetableMessage.MostDelegations;
    }

    /// <summary>A compact JWS ends in its signature, which no other has: that much is enough to tell them apart fast.</summary>
    sealed class BySignature : IEqualityComparer<string>
    {
        const int End = 24;

        public bool Equals(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

        public int GetHashCode([DisallowNull] string jws) =>
            string.GetHashCode(jws.AsSpan(Math.Max(0, jws.Length - End)), StringComparison.Ordinal);
    }
}
