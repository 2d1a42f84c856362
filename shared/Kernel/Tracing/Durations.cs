using System.Diagnostics.Metrics;

namespace Loa.Kernel;

/// <summary>Makes meters of how long something took, in seconds, fine enough for what must be quick and coarse enough for a bad day.</summary>
public static class Durations
{
    static readonly InstrumentAdvice<double> steps = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300],
    };

    public static Histogram<double> CreateDuration(this Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, steps);
}
