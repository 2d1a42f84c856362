using System.Diagnostics.Metrics;
using System.Net;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Mqtt.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Gateway;

/// <summary>Opens the door for speakers. After a start those that were online are on their way back, not gone.</summary>
sealed partial class GatewayServer(
    IServiceScopeFactory scopes,
    SpeakerHost host,
    Lines lines,
    IOptions<GatewayOptions> options,
    IMeterFactory meters,
    TimeProvider clock,
    ILogger<GatewayServer> log
) : BackgroundService
{
    // As for a line that breaks: one and a half keep alives, and the look that finds it.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(29);
    const int Together = 500;
    const int LargestMessage = 64 * 1024;

    MqttServer? server;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // As many as one part takes, so that few are right from the first look on; the others while speakers are let in.
        await Turn(Presence.Online, Presence.Returning, Together, cancellationToken);
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
            host,
            clock
        );
        server.Start();
        lines.Open(server);
        Log.Open(log, server.EndPoint, settings.ServerName);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        lines.Close();
        // A host may be told to stop twice.
        if (Interlocked.Exchange(ref server, null) is { } closing)
        {
            await closing.Stop(cancellationToken);
            await closing.DisposeAsync();
        }
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var patience = Task.Delay(Patience, clock, stoppingToken);
        await Turn(Presence.Online, Presence.Returning, int.MaxValue, stoppingToken);
        await patience;
        await GiveUp(stoppingToken);
    }

    /// <summary>Who has not come back by now is gone.</summary>
    internal Task GiveUp(CancellationToken cancel) => Turn(Presence.Returning, Presence.Offline, int.MaxValue, cancel);

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

    // In parts, so that an order waits for one of them and not for a province.
    async Task Turn(Presence from, Presence to, int most, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var now = clock.Moment();
        var own = db.Speakers.Where(s => s.Presence == from && (s.Node == null || s.Node == lines.Node));
        var all = await own.OrderBy(s => s.Id).Select(s => s.Id).Take(most).ToListAsync(cancel);
        var turned = 0;
        foreach (var part in all.Chunk(Together))
            turned += await db.Atomically(() => TurnSome(db, own, part, from, to, now, cancel), cancel);
        Log.Turned(log, turned, from, to);
    }

    async Task<int> TurnSome(
        DevicesDb db,
        IQueryable<Speaker> own,
        Guid[] part,
        Presence from,
        Presence to,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        // Who came meanwhile is here, whether that is stored already or not.
        Guid[] away =
        [
            .. (await own.Where(s => part.Contains(s.Id)).Select(s => s.Id).ToListAsync(cancel)).Where(id =>
                lines.LineOf(id) is null
            ),
        ];
        if (to == Presence.Offline)
            await db.Insert([.. away.Select(id => PresenceSignal.Of(id, from, to, now))], cancel);
        return await db
            .Speakers.Where(s => away.Contains(s.Id))
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Presence, to).SetProperty(s => s.PresenceAt, now),
                cancel
            );
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Speakers connect to {EndPoint}, which is {Name}")]
        public static partial void Open(ILogger log, IPEndPoint endPoint, string name);

        [LoggerMessage(2, LogLevel.Information, "{Count} speakers: {From} → {To}")]
        public static partial void Turned(ILogger log, int count, Presence from, Presence to);
    }
}
