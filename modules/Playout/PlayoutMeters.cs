using System.Diagnostics.Metrics;
using Loa.Air;
using Loa.Kernel;

namespace Loa.Playout;

/// <summary>Measures how soon speakers are told what to play, and what they refuse.</summary>
static class PlayoutMeters
{
    static readonly Meter meter = new("Loa.Speakers");

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
