using System.Security.Cryptography;
using Loa.Air;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Media;

/// <summary>When each wanted sound may next be asked for: spread out at first, so that a province does not ask at once; later and later after failures.</summary>
/// <param name="isHere">Whether it need not be asked for, but only looked at.</param>
sealed class RetrySchedule(Func<Release, bool> isHere)
{
    static readonly TimeSpan longestSpread = TimeSpan.FromMinutes(30);

    // What a second-rate radio link carries.
    const long SlowBytesPerSecond = 16 * 1024;

    readonly Dictionary<Guid, Attempt> list = [];

    public bool MayAsk(RecordedEntry entry, DateTimeOffset now) => For(entry, now).NotBefore <= now;

    public void Failed(RecordedEntry entry, DateTimeOffset now)
    {
        var attempt = For(entry, now);
        attempt.NotBefore = now + attempt.Backoff.Next();
    }

    /// <summary>The sound of this one is here; who wants the same need wait no longer.</summary>
    public void Came(RecordedEntry entry)
    {
        list.Remove(entry.Item.Id);
        foreach (var attempt in list.Values.Where(attempt => attempt.Digest == entry.Release.Digest))
            attempt.NotBefore = DateTimeOffset.MinValue;
    }

    public void Keep(IEnumerable<RecordedEntry> wanted)
    {
        var keys = wanted.Select(entry => entry.Item.Id).ToHashSet();
        foreach (var key in list.Keys.Where(key => !keys.Contains(key)).ToList())
            list.Remove(key);
    }

    /// <summary>How long nothing may be asked for.</summary>
    public TimeSpan Pause(DateTimeOffset now)
    {
        var pause = list.Count == 0 ? longestSpread : list.Values.Min(attempt => attempt.NotBefore) - now;
        return pause > TimeSpan.Zero ? pause : TimeSpan.FromMilliseconds(1);
    }

    /// <summary>The time over which first questions are spread: an eighth of what is left beside the fetching itself.</summary>
    public static TimeSpan Spread(RecordedEntry entry, DateTimeOffset now)
    {
        if (entry.IsFiller)
            return longestSpread;
        var spare = entry.Item.Start - now - TimeSpan.FromSeconds((double)entry.Release.Length / SlowBytesPerSecond);
        var spread = spare / 8;
        return spread < TimeSpan.FromSeconds(1) ? TimeSpan.Zero
            : spread < longestSpread ? spread
            : longestSpread;
    }

    Attempt For(RecordedEntry entry, DateTimeOffset now)
    {
        if (list.TryGetValue(entry.Item.Id, out var attempt))
            return attempt;
        var spread = isHere(entry.Release) ? 0 : (int)Spread(entry, now).TotalMilliseconds;
        var delay = spread == 0 ? 0 : RandomNumberGenerator.GetInt32(spread);
        return list[entry.Item.Id] = new Attempt(entry.Release.Digest) { NotBefore = now.AddMilliseconds(delay) };
    }

    sealed class Attempt(string digest)
    {
        public string Digest => digest;

        public DateTimeOffset NotBefore { get; set; }

        public Backoff Backoff { get; } = new();
    }
}
