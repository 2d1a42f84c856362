using System.Net;
using System.Net.Sockets;

namespace Loa.Mqtt.Server;

/// <summary>
/// The door for devices: it keeps their sessions and connections, asks its host about every one of them, and carries the
/// host's messages out to one, to many, or to all who subscribed.
/// </summary>
public sealed class MqttServer : IAsyncDisposable
{
    static readonly TimeSpan sweepEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan acceptPause = TimeSpan.FromMilliseconds(100);

    readonly ServerContext context;
    readonly CancellationTokenSource closing = new();
    Socket? listener;
    Task accepting = Task.CompletedTask;
    ITimer? sweeper;
    int sweeping;

    public MqttServer(MqttServerOptions options, IMqttHost host, TimeProvider clock) =>
        context = new ServerContext(options, host, clock);

    /// <summary>Where it listens, once started.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)listener!.LocalEndPoint!;

    public int ConnectionCount => context.Connections.Count;

    public int SessionCount => context.Sessions.Count;

    public void Start()
    {
        var options = context.Options;
        listener = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(options.Listen);
        listener.Listen(options.Backlog);
        accepting = Accept(listener);
        sweeper = context.Clock.CreateTimer(_ => Sweep(), null, sweepEvery, sweepEvery);
    }

    /// <summary>Shows all clients out without their wills: a planned stop is no news about the devices.</summary>
    public async Task Stop(CancellationToken cancel)
    {
        await closing.CancelAsync();
        await accepting.WaitAsync(cancel);
        listener?.Dispose();
        if (sweeper is not null)
            await sweeper.DisposeAsync();

        var connections = context.Connections.Keys.ToArray();
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
        context.Dispose();
        closing.Dispose();
    }

    /// <summary>To every session that subscribed to the topic.</summary>
    public FanOut Publish(string topic, ReadOnlySpan<byte> payload, Qos qos)
    {
        var message = new Message(topic, payload);
        var found = receivers ??= [];
        context.Sessions.Find(topic, found);
        var (queued, stored, missed) = (0, 0, 0);
        foreach (var session in found)
            Count(session.Offer(message, qos), ref queued, ref stored, ref missed);
        found.Clear();
        return new FanOut(queued, stored, missed);
    }

    // Publishing is done again and again by few threads; each keeps its list.
    [ThreadStatic]
    static HashSet<Session>? receivers;

    /// <summary>To one client, if it subscribed to the topic. <c>{client}</c> in the topic stands for its id.</summary>
    public Delivery Send(string clientId, string topic, ReadOnlySpan<byte> payload, Qos qos) =>
        context.Sessions.TryGet(clientId, out var session)
            ? session.Offer(new Message(topic, payload), qos)
            : Delivery.NoSession;

    /// <summary>To many clients, encoded once. <c>{client}</c> in the topic stands for each receiver's id.</summary>
    public FanOut Send(ReadOnlySpan<string> clientIds, string topic, ReadOnlySpan<byte> payload, Qos qos)
    {
        var message = new Message(topic, payload);
        var (queued, stored, missed) = (0, 0, 0);
        foreach (var clientId in clientIds)
        {
            var delivery = context.Sessions.TryGet(clientId, out var session)
                ? session.Offer(message, qos)
                : Delivery.NoSession;
            Count(delivery, ref queued, ref stored, ref missed);
        }
        return new FanOut(queued, stored, missed);
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

    static void Count(Delivery delivery, ref int queued, ref int stored, ref int missed)
    {
        if (delivery is Delivery.Queued)
            queued++;
        else if (delivery is Delivery.Stored)
            stored++;
        else
            missed++;
    }

    async Task Accept(Socket door)
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                Admit(await door.AcceptAsync(closing.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException failure)
            {
                // Out of file descriptors, or the client gave up in the queue: the door stays open.
                context.HostFailed(null, failure);
                await Task.Delay(acceptPause, context.Clock, closing.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    void Admit(Socket socket)
    {
        try
        {
            if (context.Connections.Count >= context.Options.MaximumConnections)
            {
                context.Meters.RefusedConnection(ReasonCode.ServerBusy);
                socket.Dispose();
                return;
            }
            socket.NoDelay = true;
            var connection = new Connection(socket, context);
            context.Connections.TryAdd(connection, true);
            connection.Start();
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            // It hung up between knocking and our opening.
            context.Meters.RefusedConnection(ReasonCode.UnspecifiedError);
            socket.Dispose();
        }
    }

    void Sweep()
    {
        if (Interlocked.Exchange(ref sweeping, 1) == 1)
            return;
        try
        {
            var now = context.Clock.GetTimestamp();
            foreach (var (connection, _) in context.Connections)
                connection.Sweep(now);
            context.Sessions.Sweep(
                now,
                (session, will) => Task.Run(() => Connection.TellWill(context, session.ClientId, will))
            );
        }
        finally
        {
            Volatile.Write(ref sweeping, 0);
        }
    }
}
