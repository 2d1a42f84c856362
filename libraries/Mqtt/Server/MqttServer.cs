using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Loa.Mqtt.Server.Admission;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Server;

/// <summary>
/// An MQTT 3.1.1 and 5.0 server for devices. It keeps their sessions and connections, asks its host about every
/// one of them, and carries the host's messages out to one, to many, or to all who subscribed.
/// </summary>
public sealed class MqttServer : IAsyncDisposable
{
    static readonly TimeSpan sweepEvery = TimeSpan.FromSeconds(1);

    readonly ServerContext context;
    readonly Acceptor acceptor;
    readonly TlsHandshakes? tls;
    Listener? plainListener;
    Listener? tlsListener;
    ITimer? sweeper;
    int sweeping;

    public MqttServer(MqttServerOptions options, IMqttHost host, TimeProvider clock)
    {
        context = new ServerContext(options, host, clock);
        acceptor = new Acceptor(context);
        tls = options.Tls is null ? null : new TlsHandshakes(options.Tls, context);
    }

    /// <summary>Where it listens for plain TCP, once started.</summary>
    public IPEndPoint EndPoint => plainListener!.EndPoint;

    /// <summary>Where it listens for TLS, once started.</summary>
    public IPEndPoint TlsEndPoint => tlsListener!.EndPoint;

    public int ConnectionCount => context.Connections.Count;

    public int SessionCount => context.Sessions.Count;

    public int RetainedCount => context.Retained.Count;

    public void Start()
    {
        var options = context.Options;
        if (options.Listen is { } plain)
            plainListener = new Listener(plain, context, socket => acceptor.Open(socket));
        if (options.Tls is { } safe)
            tlsListener = new Listener(safe.Listen, context, socket => acceptor.Open(socket, tls));
        sweeper = context.Clock.CreateTimer(_ => Sweep(), null, sweepEvery, sweepEvery);
    }

    /// <summary>
    /// Serves a client behind a WebSocket that somebody else has accepted, subprotocol <c>mqtt</c>; completes when the
    /// connection has ended.
    /// </summary>
    public Task Serve(WebSocket socket, EndPoint? remote) => acceptor.Serve(new WebSocketTransport(socket, remote));

    /// <summary>Serves a client on another kind of transport; completes when the connection has ended.</summary>
    internal Task Serve(Transport transport) => acceptor.Serve(transport);

    /// <summary>Shows all clients out without their wills: a planned stop is no news about the devices.</summary>
    public async Task Stop(CancellationToken cancel)
    {
        acceptor.Close();
        foreach (var listener in new[] { plainListener, tlsListener })
            if (listener is not null)
                await listener.Stop(cancel);
        if (sweeper is not null)
            await sweeper.DisposeAsync();

        var connections = context.Connections.ToArray();
        foreach (var connection in connections)
            connection.Close(ReasonCode.ServerShuttingDown);
        await Task.WhenAll(connections.Select(c => c.Left())).WaitAsync(cancel);
        foreach (var connection in connections)
            connection.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        // A host call that still runs is asked to give up; what it did not finish was not acknowledged.
        context.Stop();
        await Stop(CancellationToken.None);
        plainListener?.Dispose();
        tlsListener?.Dispose();
        context.Dispose();
    }

    /// <summary>To every session that subscribed to the topic; retained, also to those who will.</summary>
    public FanOut Publish(
        string topic,
        ReadOnlySpan<byte> payload,
        Qos qos,
        bool retain = false,
        MessageProperties? properties = null
    ) => context.Router.Carry(topic, payload, qos, retain, properties ?? MessageProperties.None);

    /// <summary>To one client, if it subscribed to the topic. <c>{client}</c> in the topic stands for its id.</summary>
    public Delivery Send(
        string clientId,
        string topic,
        ReadOnlySpan<byte> payload,
        Qos qos,
        MessageProperties? properties = null
    ) =>
        context.Sessions.TryGet(clientId, out var session)
            ? session.Offer(context.Router.Wrap(topic, payload, qos, retain: false, properties), qos)
            : Delivery.NoSession;

    /// <summary>To many clients, encoded once. <c>{client}</c> in the topic stands for each receiver's id.</summary>
    public FanOut Send(
        ReadOnlySpan<string> clientIds,
        string topic,
        ReadOnlySpan<byte> payload,
        Qos qos,
        MessageProperties? properties = null
    )
    {
        var message = context.Router.Wrap(topic, payload, qos, retain: false, properties);
        var tally = new Tally();
        foreach (var clientId in clientIds)
            tally.Count(
                context.Sessions.TryGet(clientId, out var session) ? session.Offer(message, qos) : Delivery.NoSession
            );
        return tally.Sum;
    }

    public bool IsConnected(string clientId) =>
        context.Sessions.TryGet(clientId, out var session) && session.Connection is not null;

    /// <summary>Shows one client out; its session stays unless it is to be forgotten too.</summary>
    public bool Disconnect(string clientId, ReasonCode reason, bool forget = false)
    {
        if (!context.Sessions.TryGet(clientId, out var session))
            return false;
        var connection = session.Connection;
        if (forget)
            context.Sessions.Drop(clientId);
        connection?.Close(reason);
        return connection is not null;
    }

    void Sweep()
    {
        if (Interlocked.Exchange(ref sweeping, 1) == 1)
            return;
        try
        {
            var now = context.Clock.GetTimestamp();
            context.Connections.Sweep(now);
            context.Retained.Sweep(now);
            tls?.Sweep();
            context.Sessions.Sweep(now, (session, will) => Task.Run(() => Connection.TellWill(context, session, will)));
        }
        finally
        {
            Volatile.Write(ref sweeping, 0);
        }
    }
}
