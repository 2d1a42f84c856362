using System.Diagnostics.Metrics;
using Loa.Kernel;

namespace Loa.Devices;

/// <summary>Measures how the registry's writers and its commands are getting on.</summary>
static class SpeakerMeters
{
    static readonly Meter meter = new("Loa.Speakers");

    static readonly Histogram<double> lane = meter.CreateDuration(
        "loa.write_lane.wait",
        "How long a writer of the gateway waited for its turn."
    );

    public static readonly Counter<long> Commands = meter.CreateCounter<long>(
        "loa.commands.sent",
        description: "Commands on their way to speakers."
    );

    public static void Waited(TimeSpan span) => lane.Record(span.TotalSeconds);
}
