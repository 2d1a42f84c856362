using System.Net;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Server;

/// <summary>One client's connection from its first byte to its last: admission, messages, end.</summary>
sealed partial class Connection
{
    const int LingerBytes = 256 * 1024;

    readonly ServerContext context;
    readonly Lock gate = new();
    Transport transport;
    Wire? wire;
    TaskCompletionSource? left;
    bool hasLeft;
    volatile Disconnection? ending;
    bool endedUrgently;

    // When the sweeper cuts a connection that is not in yet, or that was told to go.
    long deadline;
    long keepAlive;
    long lastReceived;
    volatile bool atWork;
    volatile bool isIn;
    Throttle throttle;

    ConnectedClient? client;

    public Connection(Transport transport, ServerContext context)
    {
        (this.transport, this.context) = (transport, context);
        SendQueue = new SendQueue(this, context);
        deadline = context.After(context.Options.HandshakeTimeout);
        throttle = new Throttle(context.Options);
    }

    public SendQueue SendQueue { get; }

    public EndPoint? RemoteEndPoint => transport.RemoteEndPoint;

    /// <summary>Its place among all connections.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Its place among the pending connections.</summary>
    public LinkedListNode<Connection>? Waiting { get; set; }

    /// <summary>Not admitted yet, and it is not the server that keeps it waiting.</summary>
    public bool IsSilent => !isIn && !atWork && !transport.HasUnread;

    /// <summary>Begins to serve; <paramref name="opening"/> makes the connection fit for packets first.</summary>
    public void Start(Func<CancellationToken, Task<Transport>>? opening = null) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static start => _ = start.Connection.Live(start.Opening),
            (Connection: this, Opening: opening),
            preferLocal: false
        );

    public ValueTask Write(ReadOnlyMemory<byte> bytes) => transport.Write(bytes);

    public void EndSending(bool both) => transport.EndSending(both);

    /// <summary>Ends the connection at once, from any thread; the reader then ends and gives its buffer back.</summary>
    public void Abort() => transport.Abort();

    // Nothing may leave this method but its end: a fault concerns this one client. It is not waited for by the talk, so
    // that nothing of admission stays in memory while the client is idle for days.
    async Task Live(Func<CancellationToken, Task<Transport>>? opening)
    {
        try
        {
            if (opening is not null)
                transport = await opening(context.Stopping);
            wire = new Wire(transport, context.Options.MaximumConnectSize);
            client = await new Handshake(this, wire, context).Run();
            context.Waiting.Leave(this);
            if (client is not null && await ComeIn(client))
            {
                _ = Talk();
                return;
            }
        }
        catch (Exception failure)
        {
            Broken(failure);
        }
        await Finish();
    }

    void Broken(Exception failure)
    {
        if (Wire.IsLoss(failure) || (failure is OperationCanceledException && context.Stopping.IsCancellationRequested))
        {
            End(ReasonCode.UnspecifiedError, EndedBy.Network, failure);
            return;
        }
        context.HostFailed(client?.Session.ClientId, failure);
        if (isIn)
            Fail(ReasonCode.UnspecifiedError, failure);
        else
            Refused(ReasonCode.UnspecifiedError);
    }

    async Task<bool> ComeIn(ConnectedClient newcomer)
    {
        wire!.MaximumPacket = context.Options.MaximumPacketSize;
        keepAlive = context.Ticks(newcomer.KeepAlive * 1.5);
        Volatile.Write(ref lastReceived, context.Clock.GetTimestamp());
        isIn = true;
        SendQueue.Open(newcomer);
        context.Meters.Opened();
        var (clientId, present) = (newcomer.Session.ClientId, newcomer.SessionPresent);
        return await Ask(host => host.Connected(clientId, present, context.Stopping));
    }

    async Task Talk()
    {
        try
        {
            while (await HandleAll())
            {
                SendQueue.Flush();
                unacknowledged = 0;
                if (throttle.Wait(context) is { } wait && !await HoldBack(wait))
                    break;
                if (wire!.Rest())
                    await transport.Ready();
                if (!await wire.Fill())
                {
                    End(ReasonCode.UnspecifiedError, EndedBy.Network);
                    break;
                }
                throttle.Bytes(wire.Filled);
                Volatile.Write(ref lastReceived, context.Clock.GetTimestamp());
            }
        }
        catch (Exception failure)
        {
            Broken(failure);
        }
        await Finish();
    }

    /// <summary>False when the connection has ended.</summary>
    [System.Runtime.CompilerServices.AsyncMethodBuilder(
        typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>)
    )]
    async ValueTask<bool> HandleAll()
    {
        FrameStatus status;
        while ((status = wire!.TryTake(out var frame)) is FrameStatus.Complete)
            if (ending is not null || !await Handle(frame))
                return false;
        return status is FrameStatus.Incomplete || Fail(FaultOf(status));
    }

    // Its connection is read more slowly, and it is not its silence that makes it so.
    async ValueTask<bool> HoldBack(TimeSpan wait)
    {
        if (throttle.IsTooLong(context))
            return Fail(ReasonCode.MessageRateTooHigh);
        atWork = true;
        context.Meters.HeldBack();
        await Task.Delay(wait, context.Clock, context.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        WorkDone();
        return ending is null;
    }

    public static ReasonCode FaultOf(FrameStatus status) =>
        status is FrameStatus.TooLarge ? ReasonCode.PacketTooLarge : ReasonCode.MalformedPacket;

    /// <summary>Calls the host; a throw is told, counted and ends this connection only.</summary>
    async ValueTask<bool> Ask(Func<IMqttHost, ValueTask> call)
    {
        atWork = true;
        try
        {
            await call(context.Host);
            return true;
        }
        catch (Exception failure)
        {
            HostFailed(failure);
            return false;
        }
        finally
        {
            WorkDone();
        }
    }

    /// <summary>While the host judges, it is not the client that keeps the server waiting.</summary>
    public void Work(bool begins) => atWork = begins;

    void HostFailed(Exception failure)
    {
        context.HostFailed(client?.Session.ClientId, failure);
        Fail(ReasonCode.ImplementationSpecificError, failure);
    }

    // The client may have been heard all the while we were busy.
    void WorkDone()
    {
        Volatile.Write(ref lastReceived, context.Clock.GetTimestamp());
        atWork = false;
    }
}
