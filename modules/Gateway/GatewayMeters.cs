using System.Diagnostics.Metrics;

namespace Loa.Gateway;

/// <summary>Counts what became of the reports of speakers.</summary>
static class GatewayMeters
{
    static readonly Meter meter = new("Loa.Gateway");

    public static readonly Counter<long> Stored = meter.CreateCounter<long>(
        "loa.reports.stored",
        description: "Reports of speakers that are stored."
    );

    public static readonly Counter<long> Lost = meter.CreateCounter<long>(
        "loa.reports.lost",
        description: "Reports of speakers that could not be stored."
    );
}
