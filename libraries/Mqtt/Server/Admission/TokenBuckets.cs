namespace Loa.Mqtt.Server.Admission;

/// <summary>
/// Token buckets for very many keys, in a table whose size never changes. When a new key finds no place, the fullest bucket
/// among its neighbours is forgotten: many strangers may wipe out a debt, but cannot shut out a client without one.
/// </summary>
sealed class TokenBuckets(Rate rate, int places, TimeProvider clock)
{
    const int Neighbours = 8;

    struct Place
    {
        public ulong Key;
        public long Moment;
        public double Tokens;
    }

    readonly Lock gate = new();

    // Made when first something is counted: most servers never count a failure.
    Place[]? table;

    /// <summary>Takes one; false when none is left.</summary>
    public bool Take(ulong key)
    {
        lock (gate)
        {
            ref var place = ref Find(key);
            if (place.Tokens < 1)
                return false;
            place.Tokens--;
            return true;
        }
    }

    /// <summary>Whether one is left.</summary>
    public bool Has(ulong key)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            foreach (ref readonly var place in Around(key))
                if (place.Key == key)
                    return TokensOf(place, now) >= 1;
            return true;
        }
    }

    ref Place Find(ulong key)
    {
        var now = clock.GetTimestamp();
        var around = Around(key);
        var (least, most) = (0, -1.0);
        for (var index = 0; index < around.Length; index++)
        {
            ref var place = ref around[index];
            var tokens = TokensOf(place, now);
            if (place.Key == key)
            {
                (place.Tokens, place.Moment) = (tokens, now);
                return ref place;
            }
            if (tokens > most)
                (least, most) = (index, tokens);
        }
        around[least] = new Place
        {
            Key = key,
            Moment = now,
            Tokens = rate.AtOnce,
        };
        return ref around[least];
    }

    double TokensOf(in Place place, long now) =>
        place.Key == 0
            ? double.MaxValue
            : rate.Refilled(place.Tokens, clock.GetElapsedTime(place.Moment, now).TotalSeconds);

    Span<Place> Around(ulong key)
    {
        table ??= new Place[places / Neighbours * Neighbours];
        return table.AsSpan((int)(key % (ulong)(table.Length / Neighbours)) * Neighbours, Neighbours);
    }
}
