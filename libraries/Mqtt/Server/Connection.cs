using System.Net;
using Loa.Mqtt.Lines;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>One client's connection from its first byte to its last: the door, the talk, the leaving.</summary>
sealed partial class Connection
{
    const int LingerBytes = 256 * 1024;

    readonly ServerContext context;
    readonly Lock gate = new();
    Line line;
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
    Restraint restraint;

    Guest? guest;

    public Connection(Line line, ServerContext context)
    {
        (this.line, this.context) = (line, context);
        Outbox = new Outbox(this, context);
        deadline = context.After(context.Options.HandshakeTimeout);
        restraint = new Restraint(context.Options);
    }

    public Outbox Outbox { get; }

    public EndPoint? RemoteEndPoint => line.RemoteEndPoint;

    /// <summary>Its place among all connections.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Its place among those who are not in yet.</summary>
    public LinkedListNode<Connection>? Waiting { get; set; }

    /// <summary>Not in yet, and it is not we who keep it waiting.</summary>
    public bool IsSilent => !isIn && !atWork && !line.HasUnread;

    /// <summary>Begins to serve; <paramref name="opening"/> makes the line fit for packets first.</summary>
    public void Start(Func<CancellationToken, Task<Line>>? opening = null) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static start => _ = start.Connection.Live(start.Opening),
            (Connection: this, Opening: opening),
            preferLocal: false
        );

    public ValueTask Write(ReadOnlyMemory<byte> bytes) => line.Write(bytes);

    public void EndSending(bool both) => line.EndSending(both);

    /// <summary>Ends the connection at once, from any thread; the reader then ends and gives its buffer back.</summary>
    public void Abort() => line.Abort();

    // Nothing may leave this method but its end: a fault concerns this one client. It is not waited for by the talk, so
    // that nothing of the door stays in memory while the client is idle for days.
    async Task Live(Func<CancellationToken, Task<Line>>? opening)
    {
        try
        {
            if (opening is not null)
                line = await opening(context.Stopping);
            wire = new Wire(line, context.Options.MaximumConnectSize);
            guest = await new Handshake(this, wire, context).Run();
            context.Waiting.Leave(this);
            if (guest is not null && await ComeIn(guest))
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
        context.HostFailed(guest?.Session.ClientId, failure);
        if (isIn)
            Fail(ReasonCode.UnspecifiedError, failure);
        else
            Refused(ReasonCode.UnspecifiedError);
    }

    async Task<bool> ComeIn(Guest newcomer)
    {
        wire!.MaximumPacket = context.Options.MaximumPacketSize;
        keepAlive = context.Ticks(newcomer.KeepAlive * 1.5);
        Volatile.Write(ref lastReceived, context.Clock.GetTimestamp());
        isIn = true;
        Outbox.Open(newcomer);
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
                Outbox.Flush();
                unacknowledged = 0;
                if (restraint.Wait(context) is { } wait && !await HoldBack(wait))
                    break;
                if (wire!.Rest())
                    await line.Ready();
                if (!await wire.Fill())
                {
                    End(ReasonCode.UnspecifiedError, EndedBy.Network);
                    break;
                }
                restraint.Bytes(wire.Filled);
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

    // Its line is read more slowly, and it is not its silence that makes it so.
    async ValueTask<bool> HoldBack(TimeSpan wait)
    {
        if (restraint.IsTooLong(context))
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

    /// <summary>For the door: while the host judges, it is not the client who keeps us waiting.</summary>
    public void Work(bool begins) => atWork = begins;

    void HostFailed(Exception failure)
    {
        context.HostFailed(guest?.Session.ClientId, failure);
        Fail(ReasonCode.ImplementationSpecificError, failure);
    }

    // The client may have been heard all the while we were busy.
    void WorkDone()
    {
        Volatile.Write(ref lastReceived, context.Clock.GetTimestamp());
        atWork = false;
    }
}
