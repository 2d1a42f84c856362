using System.Diagnostics.Metrics;
using Loa.Air;
using Loa.Kernel;

namespace Loa.Devices;

/// <summary>Measures how what speakers are told and say is getting on.</summary>
static class SpeakerMeters
{
    static readonly Meter meter = new("Loa.Speakers");

    static readonly Histogram<double> lane = meter.CreateDuration(
        "loa.write_lane.wait",
        "How long a writer of the gateway waited for its turn."
    );

    static readonly Histogram<double> first = meter.CreateDuration(
        "loa.orders.first",
        "From an order until the first speakers were told."
    );

    static readonly Histogram<double> last = meter.CreateDuration(
        "loa.orders.last",
        "From an order until the last speakers were told."
    );

    static readonly Counter<long> refused = meter.CreateCounter<long>(
        "loa.documents.refused",
        description: "Documents that speakers refused, as they say."
    );

    public static readonly Counter<long> Commands = meter.CreateCounter<long>(
        "loa.commands.sent",
        description: "Commands on their way to speakers."
    );

    public static void Waited(TimeSpan span) => lane.Record(span.TotalSeconds);

    public static void Refused(RefusalSubject subject) =>
        refused.Add(1, new KeyValuePair<string, object?>("subject", subject.ToString()));

    /// <summary>Speakers were told what an order that is being followed asks of them.</summary>
    public static void Told(TimeProvider clock, bool isFirst, bool isLast)
    {
        // What is renewed by itself was ordered by nobody.
        if (RequestTrace.Since is not { } since)
            return;
        var after = (clock.GetUtcNow() - since).TotalSeconds;
        if (isFirst)
            first.Record(after);
        if (isLast)
            last.Record(after);
    }
}
