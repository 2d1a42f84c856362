using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>What the server remembers of one client, connected or not: its filters and the messages it has not acknowledged.</summary>
sealed class Session(string clientId, ServerContext context)
{
    readonly KeptMessages kept = new();
    (string Filter, Qos Qos)[] filters = [];

    public string ClientId => clientId;

    /// <summary>Guards all that follows and the kept messages. Taken inside an outbox's gate, never around it.</summary>
    public Lock Gate { get; } = new();

    public Connection? Connection { get; set; }

    /// <summary>The connection before this moment's, while the host is still being told of its end.</summary>
    public Connection? Leaving { get; set; }

    /// <summary>A late will being told to the host.</summary>
    public Task Farewell { get; set; } = Task.CompletedTask;

    public bool Used { get; set; }

    public bool Removed { get; set; }

    /// <summary>To be removed when its connection has ended, whatever the client wished.</summary>
    public bool Condemned { get; set; }

    public int MaximumPacket { get; set; } = int.MaxValue;

    public long ExpiresAt { get; set; } = long.MaxValue;

    public Will? PendingWill { get; set; }

    public long WillAt { get; set; }

    public ReadOnlySpan<(string Filter, Qos Qos)> Filters => Volatile.Read(ref filters);

    public Delivery Offer(Message message, Qos wanted)
    {
        if (Granted(message) is not { } granted)
            return Delivery.NotSubscribed;
        var qos = wanted < granted ? wanted : granted;
        if (message.Size(ProtocolVersion.V5, qos, clientId) > MaximumPacket)
        {
            context.Meters.RefusedMessage(ReasonCode.PacketTooLarge);
            return Delivery.TooLarge;
        }
        return qos is Qos.AtMostOnce ? OfferLive(message) : OfferKept(message);
    }

    Delivery OfferLive(Message message)
    {
        Connection? connection;
        lock (Gate)
            connection = Connection;
        return connection?.Outbox.Offer(message) ?? Delivery.NotConnected;
    }

    Delivery OfferKept(Message message)
    {
        Connection? connection;
        lock (Gate)
        {
            if (Removed)
                return Delivery.NoSession;
            if (!kept.TryAdd(message, context.Options.MaximumKeptMessages, context.Options.MaximumKeptBytes))
            {
                context.Meters.RefusedMessage(ReasonCode.QuotaExceeded);
                return Delivery.Full;
            }
            connection = Connection;
        }
        connection?.Outbox.Wake();
        return connection is null ? Delivery.Stored : Delivery.Queued;
    }

    /// <summary>Fills a batch with the kept messages whose turn it is; true when it is full.</summary>
    public bool Gather(Peer peer, Span<byte> batch, ref int length, ref ReadOnlyMemory<byte> payload, ref int sent)
    {
        lock (Gate)
        {
            // A connection that was taken over has no claim on the messages any more.
            if (Connection != peer.Connection)
                return false;

            while (kept.TryPeek(peer.Window, out var message, out var packetId, out var duplicate))
            {
                if (message.Size(peer.Version, Qos.AtLeastOnce, clientId) > peer.MaximumPacket)
                {
                    kept.Skip();
                    context.Meters.Dropped(1);
                    continue;
                }
                var sending = new Sending(clientId, packetId, duplicate);
                var full = !peer.Connection.Outbox.Place(
                    message,
                    Qos.AtLeastOnce,
                    sending,
                    batch,
                    ref length,
                    ref payload
                );
                if (full && payload.IsEmpty)
                    return true;
                kept.Sent();
                sent++;
                if (full)
                    return true;
            }
            return false;
        }
    }

    public void Acknowledge(ushort packetId)
    {
        lock (Gate)
            kept.Acknowledge(packetId);
    }

    /// <summary>For the book, under the gate: a new connection begins where the last one ended.</summary>
    public void Rewind() => kept.Rewind();

    /// <summary>For the book, under the gate.</summary>
    public void Forget()
    {
        kept.Clear();
        filters = [];
    }

    /// <summary>For the book, under the gate. True when the filter is new.</summary>
    public bool SetFilter(string filter, Qos qos)
    {
        var known = Array.FindIndex(filters, f => f.Filter == filter);
        (string, Qos)[] next = known < 0 ? [.. filters, (filter, qos)] : [.. filters];
        if (known >= 0)
            next[known] = (filter, qos);
        Volatile.Write(ref filters, next);
        return known < 0;
    }

    /// <summary>For the book, under the gate. True when the filter was there.</summary>
    public bool RemoveFilter(string filter)
    {
        var next = Array.FindAll(filters, f => f.Filter != filter);
        var removed = next.Length < filters.Length;
        Volatile.Write(ref filters, next);
        return removed;
    }

    Qos? Granted(Message message)
    {
        Qos? granted = null;
        foreach (var (filter, qos) in Filters)
            if ((granted is null || qos > granted) && message.IsUnder(filter, clientId))
                granted = qos;
        return granted;
    }
}
