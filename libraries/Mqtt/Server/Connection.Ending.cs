using Loa.Mqtt.Packets;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Server;

sealed partial class Connection
{
    /// <summary>Completes when the host has been told of this connection's end, so that the next of this client may begin.</summary>
    public Task Left()
    {
        lock (gate)
        {
            if (hasLeft)
                return Task.CompletedTask;
            left ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return left.Task;
        }
    }

    TaskCompletionSource? over;

    /// <summary>Asked before it starts: completes when nothing of the connection is left.</summary>
    public Task Over() => (over ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public bool HasEnded => ending is not null;

    /// <summary>Shows the client out at once, from any thread.</summary>
    public void Close(ReasonCode reason)
    {
        if (!End(reason, EndedBy.Server))
            return;
        endedUrgently = true;
        if (isIn)
            SayGoodbye(reason, urgently: true);
        else
            Abort();
    }

    /// <summary>Another needs the place of this client, which is silent.</summary>
    public void GiveWay()
    {
        if (!End(ReasonCode.ServerBusy, EndedBy.Server))
            return;
        context.Meters.RefusedConnection(ReasonCode.ServerBusy);
        endedUrgently = true;
        Abort();
    }

    public void Sweep(long now)
    {
        var options = context.Options;
        if (ending is not null)
        {
            if (now > deadline)
                Abort();
        }
        else if (!isIn)
        {
            // Who waits for us is not late.
            if (now > deadline && !atWork && End(ReasonCode.MaximumConnectTime, EndedBy.Server))
            {
                context.Meters.RefusedConnection(ReasonCode.MaximumConnectTime);
                endedUrgently = true;
                Abort();
            }
        }
        else if (SendQueue.StalledSince(now - context.Ticks(options.StallTimeout)))
        {
            Close(ReasonCode.QuotaExceeded);
        }
        else if (keepAlive > 0 && !atWork && now - Volatile.Read(ref lastReceived) > keepAlive)
        {
            Close(ReasonCode.KeepAliveTimeout);
        }
    }

    /// <summary>The first to say why a connection ends is believed.</summary>
    bool End(ReasonCode reason, EndedBy by, Exception? failure = null)
    {
        lock (gate)
        {
            if (ending is not null)
                return false;
            deadline = context.After(context.Options.LingerTimeout);
            ending = new Disconnection(reason, by, failure);
            return true;
        }
    }

    // From the reader only: it then lingers until the client has read why.
    bool Fail(ReasonCode reason, Exception? failure = null)
    {
        if (End(reason, EndedBy.Server, failure))
            SayGoodbye(reason, urgently: false);
        return false;
    }

    /// <summary>For the handshake, which has written its refusal itself.</summary>
    public void Refused(ReasonCode reason)
    {
        context.Meters.RefusedConnection(reason);
        if (End(reason, EndedBy.Server))
            EndSending(both: false);
    }

    void SayGoodbye(ReasonCode reason, bool urgently)
    {
        if (client?.Version is not ProtocolVersion.V5)
        {
            SendQueue.Close([], urgently);
            return;
        }
        using var writer = new PacketWriter();
        SendQueue.Close(
            new ReasonPacket { Reason = reason }
                .Write(writer, PacketType.Disconnect)
                .Span,
            urgently
        );
    }

    async Task Finish()
    {
        context.Waiting.Leave(this);
        await Leave();
        await HangUp();
    }

    async Task Leave()
    {
        if (client is { } leaving)
        {
            var why = ending ?? new Disconnection(ReasonCode.UnspecifiedError, EndedBy.Network);
            var (kept, willDue) = context.Sessions.Detach(
                leaving.Session,
                this,
                leaving.SessionExpiry,
                KeepsWillSilent(why) ? null : leaving.Will
            );
            if (isIn)
            {
                if (willDue && leaving.Will is { } will)
                    await TellWill(context, leaving.Session, will);
                await TellEnd(leaving.Session.ClientId, why, kept);
                context.Meters.Closed(why.Reason);
            }
            context.Sessions.Left(leaving.Session, this);
        }

        lock (gate)
        {
            hasLeft = true;
            left?.SetResult();
        }
    }

    // MQTT 5.0, 3.1.2.5 and 3.1.4: a goodbye takes the will along, a take-over does not. A planned stop of the server is no
    // news about the device, and the standard lets a server that goes keep it.
    static bool KeepsWillSilent(Disconnection why) =>
        why is { By: EndedBy.Client, Reason: ReasonCode.Success } or { Reason: ReasonCode.ServerShuttingDown };

    public static async Task TellWill(ServerContext context, ClientSession session, Will will)
    {
        try
        {
            var topic = System.Text.Encoding.UTF8.GetBytes(will.Topic);
            var message = new ReceivedMessage
            {
                TopicUtf8 = topic,
                Payload = will.Payload,
                Qos = will.Qos,
                Retain = will.Retain,
                IsWill = true,
                Properties = MessageProperties.From(will.Properties),
            };
            await context.Host.Receive(session.ClientId, message, context.Stopping);
            if (!context.Router.Carry(session, topic, will.Payload, will.Qos, will.Retain, will.Properties))
                context.Meters.RefusedMessage(ReasonCode.QuotaExceeded);
        }
        catch (Exception failure)
        {
            context.HostFailed(session.ClientId, failure);
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
            // Also one that has said goodbye closes the transport itself, as its kind wants it.
            if (wire is not null && ending is { By: not EndedBy.Network } && !endedUrgently)
                await wire.Linger(LingerBytes);
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            // It is over either way.
        }
        finally
        {
            wire?.HangUp();
            transport.HangUp();
            context.Connections.Remove(this);
            over?.SetResult();
        }
    }
}
