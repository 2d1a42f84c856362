using Loa.Mqtt.Server.Admission;

namespace Loa.Mqtt.Server;

/// <summary>What all connections of one server share.</summary>
sealed class ServerContext : IDisposable
{
    readonly CancellationTokenSource stopping = new();

    public ServerContext(MqttServerOptions options, IMqttHost host, TimeProvider clock)
    {
        Options = options;
        Host = host;
        Clock = clock;
        Sessions = new SessionStore(this);
        Retained = new RetainedMessages(options.Retained, clock);
        Router = new Router(this);
        ConnectionRateLimiter = new ConnectionRateLimiter(options, clock);
        Waiting = new PendingConnections(options.MaximumWaiting, options.MaximumWaitingPerAddress);
        Meters = new Meters(
            options.MeterFactory,
            () => Connections.Count,
            () => Sessions.Count,
            () => Waiting.Count,
            () => Retained.Bytes
        );
    }

    public MqttServerOptions Options { get; }

    public IMqttHost Host { get; }

    public TimeProvider Clock { get; }

    public Meters Meters { get; }

    public SessionStore Sessions { get; }

    public RetainedMessages Retained { get; }

    public Router Router { get; }

    public ConnectionRateLimiter ConnectionRateLimiter { get; }

    public PendingConnections Waiting { get; }

    public ConnectionTable Connections { get; } = new();

    /// <summary>Cancelled when the server stops; given to every call of the host.</summary>
    public CancellationToken Stopping => stopping.Token;

    public void Stop() => stopping.Cancel();

    public long After(TimeSpan span) => Clock.GetTimestamp() + Ticks(span);

    public double SecondsUntil(long moment) => (moment - Clock.GetTimestamp()) / (double)Clock.TimestampFrequency;

    public long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Clock.TimestampFrequency);

    /// <summary>A fault in the host's code is told and counted; it must not reach beyond the client it happened with.</summary>
    public void HostFailed(string? clientId, Exception failure)
    {
        if (failure is OperationCanceledException && Stopping.IsCancellationRequested)
            return;
        Meters.HostFailed();
        Host.Failed(clientId, failure);
    }

    public void Dispose()
    {
        Meters.Dispose();
        stopping.Dispose();
    }
}
