using System.Net;
using System.Net.Sockets;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>One client's connection from its first byte to its last: the door, the talk, the leaving.</summary>
sealed partial class Connection
{
    const int LingerBytes = 256 * 1024;

    readonly ServerContext context;
    readonly Wire wire;
    readonly Lock gate = new();
    TaskCompletionSource? left;
    bool hasLeft;
    volatile Disconnection? ending;
    bool endedUrgently;

    // When the sweeper cuts a connection that is not in yet, or that was told to go.
    long deadline;
    long keepAlive;
    long lastReceived;
    volatile bool hostAtWork;
    volatile bool isIn;

    Guest? guest;

    public Connection(Socket socket, ServerContext context)
    {
        this.context = context;
        RemoteEndPoint = socket.RemoteEndPoint;
        wire = new Wire(socket, new NetworkStream(socket, ownsSocket: true), context.Options.MaximumPacketSize);
        Outbox = new Outbox(wire, context);
        deadline = context.After(context.Options.HandshakeTimeout);
    }

    public Outbox Outbox { get; }

    public EndPoint? RemoteEndPoint { get; }

    public void Start() =>
        ThreadPool.UnsafeQueueUserWorkItem(static connection => _ = connection.Live(), this, preferLocal: false);

    // Nothing may leave this method but its end: a fault concerns this one client.
    async Task Live()
    {
        try
        {
            guest = await new Handshake(this, wire, context).Run();
            if (guest is not null)
                await ComeIn(guest);
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            End(ReasonCode.UnspecifiedError, EndedBy.Network, failure);
        }
        catch (Exception failure)
        {
            context.HostFailed(guest?.Request.ClientId, failure);
            if (isIn)
                Fail(ReasonCode.UnspecifiedError, failure);
            else
                Refused(ReasonCode.UnspecifiedError);
        }

        await Leave();
        await HangUp();
    }

    async Task ComeIn(Guest newcomer)
    {
        keepAlive = context.Ticks(newcomer.KeepAlive * 1.5);
        Volatile.Write(ref lastReceived, context.Clock.GetTimestamp());
        isIn = true;
        Outbox.Open(newcomer.Peer);
        context.Meters.Opened();
        if (await Ask(host => host.Connected(newcomer.Request.ClientId, newcomer.SessionPresent, context.Stopping)))
            await Converse();
    }

    async Task Converse()
    {
        while (true)
        {
            FrameStatus status;
            while ((status = wire.TryTake(out var frame)) is FrameStatus.Complete)
            {
                if (ending is not null || !await Handle(frame))
                    return;
            }
            if (status is not FrameStatus.Incomplete)
            {
                Fail(FaultOf(status));
                return;
            }

            Outbox.Flush();
            if (!await wire.Fill())
            {
                End(ReasonCode.UnspecifiedError, EndedBy.Network);
                return;
            }
            Volatile.Write(ref lastReceived, context.Clock.GetTimestamp());
        }
    }

    public static ReasonCode FaultOf(FrameStatus status) =>
        status is FrameStatus.TooLarge ? ReasonCode.PacketTooLarge : ReasonCode.MalformedPacket;

    /// <summary>Calls the host; a throw is told, counted and ends this connection only.</summary>
    async ValueTask<bool> Ask(Func<IMqttHost, ValueTask> call)
    {
        hostAtWork = true;
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
            HostDone();
        }
    }

    void HostFailed(Exception failure)
    {
        context.HostFailed(guest?.Request.ClientId, failure);
        Fail(ReasonCode.ImplementationSpecificError, failure);
    }

    // The client may have been heard all the while we were busy.
    void HostDone()
    {
        Volatile.Write(ref lastReceived, context.Clock.GetTimestamp());
        hostAtWork = false;
    }

    async Task Leave()
    {
        if (guest is { } leaving)
        {
            var why = ending ?? new Disconnection(ReasonCode.UnspecifiedError, EndedBy.Network);
            var (kept, willDue) = context.Sessions.Detach(
                leaving.Peer.Session,
                this,
                leaving.SessionExpiry,
                KeepsWillSilent(why) ? null : leaving.Will
            );
            if (isIn)
            {
                if (willDue && leaving.Will is { } will)
                    await TellWill(context, leaving.Request.ClientId, will);
                await TellEnd(leaving.Request.ClientId, why, kept);
                context.Meters.Closed(why.Reason);
            }
            SessionBook.Left(leaving.Peer.Session, this);
        }

        lock (gate)
        {
            hasLeft = true;
            left?.SetResult();
        }
    }

    // A planned stop of the server and a take-over are no news about the device.
    static bool KeepsWillSilent(Disconnection why) =>
        why is { By: EndedBy.Client, Reason: ReasonCode.Success }
        || why.Reason is ReasonCode.SessionTakenOver or ReasonCode.ServerShuttingDown;

    public static async Task TellWill(ServerContext context, string clientId, Will will)
    {
        try
        {
            var message = new ReceivedMessage
            {
                TopicUtf8 = System.Text.Encoding.UTF8.GetBytes(will.Topic),
                Payload = will.Payload,
                Qos = will.Qos,
                IsWill = true,
            };
            await context.Host.Receive(clientId, message, context.Stopping);
        }
        catch (Exception failure)
        {
            context.HostFailed(clientId, failure);
        }
    }

    async Task TellEnd(string clientId, Disconnection why, bool kept)
    {
        try
        {
            await context.Host.Disconnected(clientId, why, kept, context.Stopping);
        }
        catch (Exception failure)
        {
            context.HostFailed(clientId, failure);
        }
    }

    async Task HangUp()
    {
        try
        {
            if (ending is { By: EndedBy.Server } && !endedUrgently)
                await wire.Linger(LingerBytes);
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            // It is over either way.
        }
        finally
        {
            wire.HangUp();
            context.Connections.TryRemove(this, out _);
        }
    }
}
