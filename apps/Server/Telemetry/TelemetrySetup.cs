using System.Diagnostics.Metrics;
using Loa.Kernel;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Loa.Server.Telemetry;

/// <summary>Lets an operator's tools look on: Prometheus at <c>/metrics</c>, a collector of OpenTelemetry wherever it is.</summary>
static class TelemetrySetup
{
    // Ours, those of the web server, of the runtime and of PostgreSQL.
    static readonly string[] meters =
    [
        "Loa.*",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
        "Npgsql",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(TelemetryOptions.Section);
        builder.Services.AddOptions<TelemetryOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        var wanted = section.Get<TelemetryOptions>() ?? new();
        // Whoever does not look on pays nothing.
        if (wanted is { MetricsToken: null, Collector: null })
            return;
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("loa-thanh"))
            .WithMetrics(metrics => metrics.AddMeter(meters));
        builder.Services.ConfigureOpenTelemetryMeterProvider(OnlyOfThisServer);
        if (wanted.MetricsToken is not null)
            telemetry.WithMetrics(metrics =>
                metrics.AddPrometheusExporter(o => o.ScrapeResponseCacheDurationMilliseconds = 0)
            );
        if (wanted.Collector is not { } collector)
            return;
        telemetry
            .WithMetrics(metrics => metrics.AddOtlpExporter(To))
            .WithTracing(traces =>
                traces.AddSource(RequestTrace.Source, "Npgsql").AddAspNetCoreInstrumentation().AddOtlpExporter(To)
            )
            .WithLogging(logs => logs.AddOtlpExporter(To), options => options.IncludeScopes = true);

        void To(OtlpExporterOptions to) => (to.Endpoint, to.Protocol) = (collector, OtlpExportProtocol.Grpc);
    }

    // OpenTelemetry hears all meters of the process: those of another server in it (as tests have them) would be added to ours,
    // and end ours with their own end.
    static void OnlyOfThisServer(IServiceProvider services, MeterProviderBuilder metrics)
    {
        var ours = services.GetRequiredService<IMeterFactory>();
        metrics.AddView(instrument =>
            instrument.Meter.Scope is IMeterFactory whose && whose != ours ? MetricStreamConfiguration.Drop : null
        );
    }

    public static void MapTelemetry(this WebApplication app)
    {
        if (app.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>()?.MetricsToken is { } token)
            app.MapPrometheusScrapingEndpoint("/metrics")
                .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]))
                .RequireToken(token);
    }
}
