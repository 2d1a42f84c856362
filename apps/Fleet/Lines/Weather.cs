namespace Loa.Fleet.Lines;

/// <summary>When the bytes of one direction of one connection arrive; the same seed gives the same weather.</summary>
sealed class Weather(int seed)
{
    const int Segment = 1400;
    static readonly TimeSpan repetition = TimeSpan.FromMilliseconds(200);

    readonly Random random = new(seed);
    TimeSpan free;
    TimeSpan last;
    TimeSpan nextStall = TimeSpan.MinValue;

    /// <param name="now">Time since the connection was made.</param>
    public TimeSpan Arrival(Profile profile, int bytes, TimeSpan now)
    {
        free = Later(free, now) + TimeSpan.FromSeconds(bytes * 8.0 / profile.BitsPerSecond);
        var arrival = free + Later(profile.Latency + (profile.Jitter * Bell()), TimeSpan.Zero);
        for (var left = bytes; left > 0; left -= Segment)
            if (random.NextDouble() < profile.Loss)
                arrival += Later(repetition, profile.Latency * 3);
        arrival = Later(arrival, Stalled(profile, now));
        return last = Later(arrival, last);
    }

    TimeSpan Stalled(Profile profile, TimeSpan now)
    {
        if (profile.BetweenStalls == TimeSpan.Zero)
            return TimeSpan.Zero;
        if (nextStall == TimeSpan.MinValue)
            nextStall = now + Sometime(profile.BetweenStalls);
        var until = TimeSpan.Zero;
        while (nextStall <= now)
        {
            until = nextStall + Sometime(profile.Stall);
            nextStall = Later(until, nextStall) + Sometime(profile.BetweenStalls);
        }
        return until;
    }

    TimeSpan Sometime(TimeSpan mean) => mean * -Math.Log(1 - random.NextDouble());

    // Twelve dice are bell enough for a line.
    double Bell()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += random.NextDouble();
        return sum;
    }

    static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
