using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>What the server remembers of one client, connected or not: its filters and the messages it has not acknowledged.</summary>
sealed partial class ClientSession(string clientId, ServerContext context)
{
    Subscription[] subscriptions = [];

    // Each is made when there is something to put into it.
    Inflight? inflight;
    Queue<QueuedMessage>? backlog;
    HashSet<ushort>? received;

    public string ClientId => clientId;

    /// <summary>Guards all that follows and the messages in flight. Taken inside a send queue's gate, never around it.</summary>
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

    /// <summary>The connection whose session was forgotten by a clean start of the next.</summary>
    public Connection? EndedWith { get; set; }

    public Will? PendingWill { get; set; }

    public long WillAt { get; set; }

    public ReadOnlySpan<Subscription> Subscriptions => Volatile.Read(ref subscriptions);

    public bool Has(string filter)
    {
        foreach (ref readonly var subscription in Subscriptions)
            if (subscription.Filter == filter)
                return true;
        return false;
    }

    /// <summary>Offers a message of the host, or of another client, to this one.</summary>
    public Delivery Offer(Message message, Qos wanted, ClientSession? sender = null)
    {
        if (!TryWrap(message, wanted, sender, out var queued))
            return Delivery.NotSubscribed;
        if (message.Size(ProtocolVersion.V5, queued.To(clientId)) > MaximumPacket)
        {
            context.Meters.RefusedMessage(ReasonCode.PacketTooLarge);
            return Delivery.TooLarge;
        }
        return queued.Qos is Qos.AtMostOnce ? OfferQos0(queued) : OfferInflight(queued);
    }

    // One copy for all subscriptions that catch it, at the best of their qualities and with the identifiers of all.
    bool TryWrap(Message message, Qos wanted, ClientSession? sender, out QueuedMessage queued)
    {
        queued = default;
        var (caught, granted, retain, identifiers) = (false, Qos.AtMostOnce, false, (byte[]?)null);
        foreach (ref readonly var subscription in Subscriptions)
        {
            if ((subscription.NoLocal && sender == this) || !message.IsUnder(subscription.Filter, clientId))
                continue;
            caught = true;
            granted = subscription.Qos > granted ? subscription.Qos : granted;
            retain |= subscription.RetainAsPublished;
            if (subscription.Identifier is { } identifier)
                identifiers = identifiers is null ? identifier : [.. identifiers, .. identifier];
        }
        if (caught)
            queued = new QueuedMessage(
                message,
                identifiers,
                wanted < granted ? wanted : granted,
                retain && message.Retain
            );
        return caught;
    }

    Delivery OfferQos0(in QueuedMessage queued)
    {
        Connection? connection;
        lock (Gate)
            connection = Connection;
        return connection?.SendQueue.Offer(queued) ?? Delivery.NotConnected;
    }

    Delivery OfferInflight(in QueuedMessage queued)
    {
        Connection? connection;
        lock (Gate)
        {
            if (Removed)
                return Delivery.NoSession;
            if (!Keep(queued))
            {
                context.Meters.RefusedMessage(ReasonCode.QuotaExceeded);
                return Delivery.Full;
            }
            connection = Connection;
        }
        connection?.SendQueue.Wake();
        return connection is null ? Delivery.Stored : Delivery.Queued;
    }

    bool Keep(in QueuedMessage queued) =>
        (inflight ??= new()).TryAdd(queued, context.Options.MaximumKeptMessages, context.Options.MaximumKeptBytes);

    /// <summary>What was retained under a filter that the client has just subscribed to; it is sent as the client takes it.</summary>
    public void OfferRetained(in Subscription subscription, Message[] messages)
    {
        if (messages.Length == 0)
            return;
        var most = context.Options.Retained.Messages;
        lock (Gate)
        {
            backlog ??= new();
            foreach (var message in messages)
            {
                if (backlog.Count >= most)
                {
                    context.Meters.Dropped(messages.Length);
                    return;
                }
                var qos = message.Qos < subscription.Qos ? message.Qos : subscription.Qos;
                backlog.Enqueue(new QueuedMessage(message, subscription.Identifier, qos, Retain: true));
            }
        }
    }

    /// <summary>For the book, under the gate: a new connection begins where the last one ended.</summary>
    public void Rewind() => inflight?.Rewind();

    /// <summary>For the book, under the gate.</summary>
    public void Forget()
    {
        (inflight, backlog, received) = (null, null, null);
        Volatile.Write(ref subscriptions, []);
    }

    /// <summary>For the book, under the gate. True when the filter is new.</summary>
    public bool Set(in Subscription subscription)
    {
        var filter = subscription.Filter;
        var at = Array.FindIndex(subscriptions, known => known.Filter == filter);
        Subscription[] next = at < 0 ? [.. subscriptions, subscription] : [.. subscriptions];
        if (at >= 0)
            next[at] = subscription;
        Volatile.Write(ref subscriptions, next);
        return at < 0;
    }

    /// <summary>For the book, under the gate. True when the filter was there.</summary>
    public bool Remove(string filter)
    {
        var next = Array.FindAll(subscriptions, known => known.Filter != filter);
        var removed = next.Length < subscriptions.Length;
        Volatile.Write(ref subscriptions, next);
        return removed;
    }
}
