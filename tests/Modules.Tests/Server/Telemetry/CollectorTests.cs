using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Loa.Server.Telemetry;

public sealed class CollectorTests
{
    const string Id = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task A_collector_that_was_named_gets_meters_and_the_trace_of_each_request()
    {
        await using var collector = await Collector.Listen();
        var server = new RunningServer { More = [$"--Telemetry:Collector={collector.Address}"] };
        await server.InitializeAsync();
        using (var client = server.Client())
        {
            client.DefaultRequestHeaders.Add("traceparent", $"00-{Id}-b7ad6b7169203331-01");
            using var answer = await client.GetAsync("/sign-in");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        // What was gathered is sent before the server ends.
        await server.DisposeAsync();

        Assert.Contains(collector.Traces, message => message.AsSpan().IndexOf(Convert.FromHexString(Id)) >= 0);
        Assert.Contains("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", collector.Asked);
    }

    /// <summary>Takes what an exporter of OpenTelemetry sends (OTLP over gRPC) and says that all is well.</summary>
    sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        const string TracesPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

        public ConcurrentQueue<string> Asked { get; } = new();

        public ConcurrentQueue<byte[]> Traces { get; } = new();

        public string Address => app.Urls.First();

        public static async Task<Collector> Listen()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2)
            );
            var app = builder.Build();
            var collector = new Collector(app);
            app.Run(collector.Take);
            await app.StartAsync();
            return collector;
        }

        async Task Take(HttpContext http)
        {
            using var message = new MemoryStream();
            await http.Request.Body.CopyToAsync(message);
            Asked.Enqueue(http.Request.Path);
            if (http.Request.Path == TracesPath)
                Traces.Enqueue(message.ToArray());
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.WriteAsync(new byte[5]);
            http.Response.AppendTrailer("grpc-status", "0");
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
