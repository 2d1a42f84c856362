using Loa.Speaker.Schedule;

namespace Loa.Speaker.Media;

/// <summary>What the sounds on the shelf are good for at this moment.</summary>
/// <param name="Due">When each digest is to sound next; absent when no item needs it.</param>
/// <param name="Filler">Digests that sound only in place of another.</param>
sealed record Needs(DateTimeOffset Now, IReadOnlyDictionary<string, DateTimeOffset> Due, IReadOnlySet<string> Filler)
{
    // A timetable reaches so far: whoever has it must be able to play without a network.
    static readonly TimeSpan week = TimeSpan.FromDays(7);

    // What is due so soon may not get another chance; what it displaces will.
    static readonly TimeSpan pressing = TimeSpan.FromDays(1);

    /// <summary>How early a sound makes room for a newcomer, the lowest first; null when it stays.</summary>
    public int? Rank(string digest, string newcomer)
    {
        var wanted = When(newcomer);
        if (Due.TryGetValue(digest, out var needed))
            return needed <= wanted ? null
                : needed > Now + week ? 1
                : wanted <= Now + pressing ? 3
                : null;
        if (Filler.Contains(digest))
            return Due.ContainsKey(newcomer) ? 2 : null;
        return 0;
    }

    /// <summary>Of all that is in the programme.</summary>
    public static Needs Of(PlayQueue queue, DateTimeOffset now)
    {
        var needed = queue.Needed;
        return new(
            now,
            needed
                .Where(entry => !entry.IsFiller)
                .GroupBy(entry => entry.Release.Digest)
                .ToDictionary(same => same.Key, same => same.Min(entry => entry.Item.Start)),
            needed.Where(entry => entry.IsFiller).Select(entry => entry.Release.Digest).ToHashSet()
        );
    }

    public DateTimeOffset When(string digest) => Due.GetValueOrDefault(digest, DateTimeOffset.MaxValue);
}
