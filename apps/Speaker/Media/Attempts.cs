using System.Security.Cryptography;

namespace Loa.Speaker.Media;

/// <summary>When each wanted sound may next be asked for: spread out at first, so that a province does not ask at once; later and later after failures.</summary>
sealed class Attempts
{
    static readonly TimeSpan longestSpread = TimeSpan.FromMinutes(30);

    // What a second-rate radio link carries.
    const long SlowBytesPerSecond = 16 * 1024;

    readonly Dictionary<Guid, Attempt> list = [];

    public bool MayAsk(Want want, DateTimeOffset now) => For(want, now).NotBefore <= now;

    public void Failed(Want want, DateTimeOffset now)
    {
        var attempt = For(want, now);
        attempt.NotBefore = now + attempt.Backoff.Next();
    }

    public void Forget(Want want) => list.Remove(want.Key);

    public void Keep(IEnumerable<Want> wanted)
    {
        var keys = wanted.Select(want => want.Key).ToHashSet();
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
    public static TimeSpan Spread(Want want, DateTimeOffset now)
    {
        if (want.Start is not { } start)
            return longestSpread;
        var spare = start - now - TimeSpan.FromSeconds((double)want.Release.Length / SlowBytesPerSecond);
        var spread = spare / 8;
        return spread < TimeSpan.FromSeconds(1) ? TimeSpan.Zero
            : spread < longestSpread ? spread
            : longestSpread;
    }

    Attempt For(Want want, DateTimeOffset now)
    {
        if (list.TryGetValue(want.Key, out var attempt))
            return attempt;
        var spread = (int)Spread(want, now).TotalMilliseconds;
        var delay = spread == 0 ? 0 : RandomNumberGenerator.GetInt32(spread);
        return list[want.Key] = new Attempt { NotBefore = now.AddMilliseconds(delay) };
    }

    sealed class Attempt
    {
        public DateTimeOffset NotBefore { get; set; }

        public Backoff Backoff { get; } = new();
    }
}
