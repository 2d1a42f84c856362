using Loa.Mqtt.Packets;

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
            wire.Abort();
    }

    /// <summary>Ends what still lingers when the server goes.</summary>
    public void Abort() => wire.Abort();

    public void Sweep(long now)
    {
        var options = context.Options;
        if (ending is not null)
        {
            if (now > deadline)
                wire.Abort();
        }
        else if (!isIn)
        {
            if (now > deadline && End(ReasonCode.MaximumConnectTime, EndedBy.Server))
            {
                context.Meters.RefusedConnection(ReasonCode.MaximumConnectTime);
                endedUrgently = true;
                wire.Abort();
            }
        }
        else if (Outbox.StalledSince(now - context.Ticks(options.StallTimeout)))
        {
            Close(ReasonCode.QuotaExceeded);
        }
        else if (keepAlive > 0 && !hostAtWork && now - Volatile.Read(ref lastReceived) > keepAlive)
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
            wire.EndSending(both: false);
    }

    void SayGoodbye(ReasonCode reason, bool urgently)
    {
        if (guest?.Peer.Version is not ProtocolVersion.V5)
        {
            Outbox.Close([], urgently);
            return;
        }
        using var writer = new PacketWriter();
        Outbox.Close(
            new ReasonPacket { Reason = reason }
                .Write(writer, PacketType.Disconnect)
                .Span,
            urgently
        );
    }
}
