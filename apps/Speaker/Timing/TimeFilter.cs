namespace Loa.Speaker.Timing;

/// <summary>Makes of many comparisons, most of them delayed by a busy network, the offset and the rate of the machine's counter.</summary>
/// <remarks>
/// A delay that is longer than the shortest was spent waiting somewhere, on the way there or on the way back: half of what
/// it is longer is how far the comparison may be off. So the quick ones say what time it is, and how fast the counter
/// runs is the line through all of a day, each weighed by how quick it was. What was known of that before weighs as much
/// as it is certain: a few minutes over a busy network do not tell what a day had told.
/// </remarks>
sealed class TimeFilter
{
    const int Recent = 8;
    const int MostHeld = 192;
    const double MostRate = 500e-6;
    const double Grain = TimeSpan.TicksPerMillisecond / 2.0;

    static readonly long longestMemory = TimeSpan.FromHours(30).Ticks;

    readonly List<TimeSample> samples = new(MostHeld + 1);

    Skew known;

    /// <param name="known">What was found before this run.</param>
    public TimeFilter(Skew known) => Skew = this.known = known;

    public Skew Skew { get; private set; }

    /// <summary>All that was compared so far was wrong.</summary>
    public void Clear()
    {
        samples.Clear();
        Skew = known = Skew.Doubted;
    }

    public void Add(TimeSample sample)
    {
        samples.Add(sample);
        samples.RemoveAll(old => sample.At - old.At > longestMemory);
        if (samples.Count > MostHeld)
            samples.RemoveAt(0);
        Skew = Line();
    }

    /// <summary>The server's clock less the counter, and how far that may be off.</summary>
    /// <param name="now">The counter, in ticks.</param>
    public (long Theta, TimeSpan Error) Estimate(long now)
    {
        var wander = AirClock.Wander + Skew.Doubt;
        var recent = samples.Skip(Math.Max(0, samples.Count - Recent)).ToArray();
        var best = recent.Min(sample => Doubt(sample, now, wander));
        var good = recent
            .Where(sample => Doubt(sample, now, wander) <= (best * 1.25) + Grain)
            .Select(sample => sample.Theta + (long)(Skew.Rate * (now - sample.At)))
            .Order()
            .ToArray();
        var middle = good[good.Length / 2];
        // Added as the difference, else two large numbers lose their last digits.
        var theta = good.Length % 2 == 1 ? middle : middle - ((middle - good[(good.Length / 2) - 1]) / 2);
        return (theta, TimeSpan.FromTicks((long)best));
    }

    static double Doubt(TimeSample sample, long now, double wander) =>
        (sample.Delay / 2.0) + Grain + ((now - sample.At) * wander);

    // The weighed line of least squares through the comparisons, drawn to what was known before.
    Skew Line()
    {
        var (at, theta) = (samples[0].At, samples[0].Theta);
        var (quickest, grain) = Quickest();
        var (weight, meanX, meanY) = (0.0, 0.0, 0.0);
        foreach (var sample in samples)
        {
            var w = Weight(sample);
            weight += w;
            meanX += w * (sample.At - at);
            meanY += w * (sample.Theta - theta);
        }
        (meanX, meanY) = (meanX / weight, meanY / weight);
        var before = 1 / (known.Doubt * known.Doubt);
        var (xx, xy) = (before, before * known.Rate);
        foreach (var sample in samples)
        {
            var w = Weight(sample);
            var x = sample.At - at - meanX;
            xx += w * x * x;
            xy += w * x * (sample.Theta - theta - meanY);
        }
        return new Skew(Math.Clamp(xy / xx, -MostRate, MostRate), Math.Sqrt(1 / xx));

        double Weight(TimeSample sample)
        {
            var doubt = grain + ((sample.Delay - quickest) / 2.0);
            return 1 / (doubt * doubt);
        }
    }

    // Even the quickest of a few waited; the more there are and the more alike, the less.
    (long Delay, double Grain) Quickest()
    {
        var delays = samples.Select(sample => sample.Delay).Order().ToArray();
        var waited = delays[delays.Length / 2] - delays[0];
        return (delays[0], Grain + (waited / (2 * Math.Sqrt(delays.Length))));
    }
}
