using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

sealed partial class ClientSession
{
    /// <summary>Fills a batch with the messages in flight whose turn it is, then with what was retained; false when it is full.</summary>
    public bool Gather(ConnectedClient client, ref Batch batch)
    {
        lock (Gate)
        {
            // A connection that was taken over has no claim on the messages any more.
            if (Connection != client.Connection)
                return true;
            while (true)
            {
                if (!GatherInflight(client, ref batch))
                    return false;
                if (backlog is null)
                    return true;
                if (!TakeFromBacklog(client, ref batch, out var waits))
                    return false;
                if (waits)
                    return true;
            }
        }
    }

    bool GatherInflight(ConnectedClient client, ref Batch batch)
    {
        while (inflight is not null && inflight.TryPeek(client.Window, out var next))
        {
            if (next.Released)
            {
                if (!batch.TryAdd(new AcknowledgementPacket(PacketType.Pubrel, next.PacketId), client.Version))
                    return false;
                inflight.Sent();
                continue;
            }
            var sending = next.Queued.To(ClientId) with { PacketId = next.PacketId, Duplicate = next.Duplicate };
            if (!IsWanted(next.Queued.Message, client, ref sending))
            {
                inflight.Skip();
                batch.Dropped++;
                continue;
            }
            if (!batch.TryAdd(next.Queued.Message, client, sending))
                return false;
            inflight.Sent();
        }
        return true;
    }

    // Retained messages of QoS 1 and 2 go over to those in flight a few at a time, so that they crowd out no command.
    bool TakeFromBacklog(ConnectedClient client, ref Batch batch, out bool waits)
    {
        waits = false;
        while (backlog!.TryPeek(out var queued))
        {
            if (queued.Qos is Qos.AtMostOnce)
            {
                var sending = queued.To(ClientId);
                if (!IsWanted(queued.Message, client, ref sending))
                    batch.Dropped++;
                else if (!batch.TryAdd(queued.Message, client, sending))
                    return false;
            }
            else
            {
                if (inflight?.Count >= client.Window)
                    waits = true;
                if (waits || !Keep(queued))
                    return waits = true;
                backlog.Dequeue();
                return true;
            }
            backlog.Dequeue();
        }
        backlog = null;
        return true;
    }

    /// <summary>False for what the receiver cannot take, and for what has expired before it was sent for the first time.</summary>
    public bool IsWanted(Message message, ConnectedClient client, ref Sending sending)
    {
        if (message.ExpiresAt != long.MaxValue)
        {
            var left = context.SecondsUntil(message.ExpiresAt);
            if (left <= 0 && !sending.Duplicate)
                return false;
            sending = sending with { SecondsLeft = (uint)Math.Max(1, left) };
        }
        return message.Size(client.Version, sending) <= client.MaximumPacket;
    }

    /// <summary>The client has taken a QoS 1 message.</summary>
    public void Acknowledge(ushort packetId)
    {
        lock (Gate)
            inflight?.Acknowledge(packetId);
    }

    /// <summary>The client has taken a QoS 2 message, or refuses it. What it is to be answered: nothing, or whether we know it.</summary>
    public ReasonCode? Receive(ushort packetId, ReasonCode reason)
    {
        lock (Gate)
        {
            if (reason >= ReasonCode.UnspecifiedError && inflight?.Complete(packetId, refused: true) == true)
                return null;
            return inflight?.Receive(packetId) == true ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound;
        }
    }

    /// <summary>The client has forgotten the identifier of a QoS 2 message.</summary>
    public void Complete(ushort packetId)
    {
        lock (Gate)
            inflight?.Complete(packetId, refused: false);
    }

    /// <summary>Whether a QoS 2 message of the client is in our hands already, and how many are.</summary>
    public (bool Known, int Held) Holds(ushort packetId)
    {
        lock (Gate)
            return (received?.Contains(packetId) == true, received?.Count ?? 0);
    }

    /// <summary>A QoS 2 message of the client is in our hands: when it comes again it is the same one.</summary>
    public void Hold(ushort packetId)
    {
        lock (Gate)
            (received ??= []).Add(packetId);
    }

    /// <summary>The client knows that we have it and will not send it again; false when we do not know of it.</summary>
    public bool Release(ushort packetId)
    {
        lock (Gate)
            return received?.Remove(packetId) == true;
    }
}
