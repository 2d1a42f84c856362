using System.ComponentModel.DataAnnotations;

namespace Loa.Server.Telemetry;

/// <summary>Who may read the server's meters, and where traces, meters and logs are sent (section "Telemetry"). Nothing unless said.</summary>
sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>What Prometheus shows as its bearer token; without one there is no <c>/metrics</c>.</summary>
    [MinLength(32), MaxLength(200)]
    public string? MetricsToken { get; set; }

    /// <summary>Where an OpenTelemetry collector listens (OTLP over gRPC), such as http://collector:4317.</summary>
    public Uri? Collector { get; set; }
}
