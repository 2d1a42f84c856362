namespace Loa.Speaker.Timing;

/// <summary>Makes of many comparisons, most of them delayed by a busy network, the offset and the rate of the machine's counter.</summary>
/// <remarks>
/// A delay that is longer than the shortest was spent waiting somewhere, on the way there or on the way back: half of what
/// it is longer is how far the comparison may be off. So the quick ones say what time it is, and how fast the counter
/// runs is the line through all of a day, each weighed by how quick it was.
/// </remarks>
sealed class TimeFilter
{
    const int Recent = 8;
    const int MostHeld = 192;
    const double MostRate = 500e-6;
    const double Grain = TimeSpan.TicksPerMillisecond / 2.0;

    // How fast an ordinary crystal may leave the line, for comparisons that have grown old.
    const double Wander = 1e-6;
    const double UntamedWander = 50e-6;

    static readonly long longestMemory = TimeSpan.FromHours(30).Ticks;
    static readonly long shortestLine = TimeSpan.FromMinutes(4).Ticks;

    readonly List<TimeSample> samples = new(MostHeld + 1);

    /// <summary>How much faster than the counter time runs; null until that can be told.</summary>
    public double? Rate { get; private set; }

    public int Count => samples.Count;

    public void Clear()
    {
        samples.Clear();
        Rate = null;
    }

    public void Add(TimeSample sample)
    {
        samples.Add(sample);
        samples.RemoveAll(old => sample.At - old.At > longestMemory);
        if (samples.Count > MostHeld)
            samples.RemoveAt(0);
        Rate = Line() ?? Rate;
    }

    /// <summary>The server's clock less the counter, and how far that may be off.</summary>
    /// <param name="now">The counter, in ticks.</param>
    /// <param name="known">The rate found before this run, as long as there is none of this run.</param>
    public (long Theta, TimeSpan Error) Estimate(long now, double known)
    {
        var rate = Rate ?? known;
        var wander = Rate is null ? UntamedWander : Wander;
        var recent = samples.Skip(Math.Max(0, samples.Count - Recent)).ToArray();
        var best = recent.Min(sample => Doubt(sample, now, wander));
        var good = recent
            .Where(sample => Doubt(sample, now, wander) <= (best * 1.25) + Grain)
            .Select(sample => sample.Theta + (long)(rate * (now - sample.At)))
            .Order()
            .ToArray();
        var middle = good[good.Length / 2];
        // Added as the difference, else two large numbers lose their last digits.
        var theta = good.Length % 2 == 1 ? middle : middle - ((middle - good[(good.Length / 2) - 1]) / 2);
        return (theta, TimeSpan.FromTicks((long)best));
    }

    static double Doubt(TimeSample sample, long now, double wander) =>
        (sample.Delay / 2.0) + Grain + ((now - sample.At) * wander);

    // The weighed line of least squares; null when it would be too steep to be true or too short to be sure.
    double? Line()
    {
        if (samples.Count < 6 || samples[^1].At - samples[0].At < shortestLine)
            return null;
        var (at, theta) = (samples[0].At, samples[0].Theta);
        var quickest = samples.Min(sample => sample.Delay);
        var (weight, meanX, meanY) = (0.0, 0.0, 0.0);
        foreach (var sample in samples)
        {
            var w = Weight(sample, quickest);
            weight += w;
            meanX += w * (sample.At - at);
            meanY += w * (sample.Theta - theta);
        }
        (meanX, meanY) = (meanX / weight, meanY / weight);
        var (xx, xy) = (0.0, 0.0);
        foreach (var sample in samples)
        {
            var w = Weight(sample, quickest);
            var x = sample.At - at - meanX;
            xx += w * x * x;
            xy += w * x * (sample.Theta - theta - meanY);
        }
        var slope = xy / xx;
        // What the line itself may be off, if each comparison is off by as much as it may be.
        var doubt = Math.Sqrt(1 / xx);
        return Math.Abs(slope) <= MostRate && doubt <= Math.Max(2e-6, Math.Abs(slope) / 4) ? slope : null;
    }

    static double Weight(TimeSample sample, long quickest)
    {
        var doubt = Grain + ((sample.Delay - quickest) / 2.0);
        return 1 / (doubt * doubt);
    }
}
