using System.Diagnostics.Metrics;
using System.Net;
using Loa.Kernel;
using Loa.Mqtt.Server;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loa.Gateway;

/// <summary>Opens the door for speakers when all else has started, and closes it first of all when the server stops.</summary>
sealed partial class GatewayServer(
    SpeakerMqttHandler handler,
    NodeConnections connections,
    IOptions<GatewayOptions> options,
    IMeterFactory meters,
    TimeProvider clock,
    ILogger<GatewayServer> log
) : IHostedLifecycleService, IAsyncDisposable
{
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(29);
    const int LargestMessage = 64 * 1024;

    MqttServer? server;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        server = new MqttServer(
            new MqttServerOptions
            {
                Listen = new IPEndPoint(IPAddress.Parse(settings.Listen), settings.Port),
                Tls = Tls(settings),
                MeterFactory = meters,
                // Speakers hear the server only, and what they missed they are told when they come.
                Relays = false,
                Retained = default,
                // Far beyond what a speaker is allowed to say; it is judged by its own measure first.
                MessagesPerClient = new Rate(settings.MessagesPerSecond * 4.0, settings.MessagesAtOnce * 2.0),
                // Who proves a key is let in, whoever failed from the same address or in the same name before.
                FailuresPerAddress = Rate.Unbounded,
                FailuresPerClient = Rate.Unbounded,
                MaximumConnections = settings.MaximumConnections,
                MaximumPacketSize = LargestMessage,
                MaximumSubscriptions = 8,
                MaximumKeepAlive = KeepAlive,
            },
            handler,
            clock
        );
        server.Start();
        connections.Open(server);
        Log.Open(log, server.EndPoint, settings.ServerName);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        connections.Close();
        // A host may be told to stop twice.
        if (Interlocked.Exchange(ref server, null) is { } closing)
        {
            await closing.Stop(cancellationToken);
            await closing.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref server, null) is { } closing)
            await closing.DisposeAsync();
    }

    // What takes reports may be registered after the gateway: it starts before the first speaker comes, and stops after the last.
    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    TlsListener? Tls(GatewayOptions settings)
    {
        if (settings.TlsCertificate is not { } certificate)
            return null;
        var shown = new ServerCertificate(certificate, settings.TlsKey);
        // A file that cannot be read stops the start, not the first speaker.
        _ = shown.Current();
        return new TlsListener
        {
            Listen = new IPEndPoint(IPAddress.Parse(settings.Listen), settings.TlsPort),
            Certificate = () => shown.Current(log),
        };
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Speakers connect to {EndPoint}, which is {Name}")]
        public static partial void Open(ILogger log, IPEndPoint endPoint, string name);
    }
}
