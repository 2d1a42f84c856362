namespace Loa.Kernel;

/// <summary>
/// So many at once and so many a second for each who asks; who asks no more is forgotten. Exact for those it remembers, whose debts
/// are read back; the MQTT server counts whoever knocks in a table of fixed size that forgives now and then (TokenBuckets).
/// </summary>
public sealed class RateLimit<TKey>(int burst, double perSecond, TimeProvider clock)
    where TKey : notnull
{
    const int MostRemembered = 20_000;

    readonly Lock gate = new();
    readonly Dictionary<TKey, (double Left, long At)> buckets = [];

    public bool Take(TKey key)
    {
        var now = clock.GetTimestamp();
        lock (gate)
        {
            var left = Left(buckets.GetValueOrDefault(key, (burst, now)), now);
            if (left < 1)
                return false;
            if (buckets.Count >= MostRemembered && !buckets.ContainsKey(key))
                Forget(now);
            buckets[key] = (left - 1, now);
            return true;
        }
    }

    /// <summary>Whether there is any left, without taking it.</summary>
    public bool Has(TKey key)
    {
        lock (gate)
            return !buckets.TryGetValue(key, out var bucket) || Left(bucket, clock.GetTimestamp()) >= 1;
    }

    /// <summary>How many are left.</summary>
    public double Left(TKey key)
    {
        lock (gate)
            return buckets.TryGetValue(key, out var bucket) ? Left(bucket, clock.GetTimestamp()) : burst;
    }

    double Left((double Left, long At) bucket, long now) =>
        Math.Min(burst, bucket.Left + clock.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond);

    // Full buckets say nothing. When strangers have filled the memory with empty ones, the emptiest stay.
    void Forget(long now)
    {
        foreach (var (key, _) in buckets.OrderByDescending(b => Left(b.Value, now)).Take(MostRemembered / 2).ToList())
            buckets.Remove(key);
    }
}
