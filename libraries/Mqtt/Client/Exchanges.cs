using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Client;

/// <summary>
/// Everything a client has asked and not been answered yet, by packet identifier, and the identifiers of the QoS 2 messages
/// it has heard. Both are the session's and outlive a connection.
/// </summary>
sealed class Exchanges
{
    readonly Lock gate = new();
    readonly Dictionary<ushort, Exchange> open = [];
    readonly HashSet<ushort> heard = [];
    ushort lastPacketId;
    long order;

    public Exchange Begin(PacketType awaits)
    {
        lock (gate)
        {
            if (open.Count == ushort.MaxValue)
                throw new MqttException(ReasonCode.QuotaExceeded, "Too many packets are unanswered.");
            do lastPacketId = lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(lastPacketId + 1);
            while (open.ContainsKey(lastPacketId));
            return open[lastPacketId] = new Exchange(lastPacketId, awaits, order++);
        }
    }

    public bool Complete(ushort packetId, PacketType answer, IReadOnlyList<ReasonCode> reasons, string? text = null)
    {
        Exchange? exchange;
        lock (gate)
        {
            if (!open.TryGetValue(packetId, out exchange) || exchange.Awaits != answer)
                return false;
            open.Remove(packetId);
        }
        exchange.Text = text;
        exchange.Answer.TrySetResult(reasons);
        return true;
    }

    /// <summary>The server has a QoS 2 message; from now on only its release is pressed. False when we know of none.</summary>
    public bool Release(ushort packetId, byte[] release)
    {
        lock (gate)
        {
            if (
                !open.TryGetValue(packetId, out var exchange)
                || exchange.Awaits is not (PacketType.Pubrec or PacketType.Pubcomp)
            )
                return false;
            exchange.Awaits = PacketType.Pubcomp;
            exchange.Packet = release;
            return true;
        }
    }

    public bool HasHeard(ushort packetId)
    {
        lock (gate)
            return heard.Contains(packetId);
    }

    public void Hear(ushort packetId)
    {
        lock (gate)
            heard.Add(packetId);
    }

    /// <summary>The server will not send it again; false when we have not heard it.</summary>
    public bool Unhear(ushort packetId)
    {
        lock (gate)
            return heard.Remove(packetId);
    }

    public void Abandon(Exchange exchange)
    {
        lock (gate)
            open.Remove(exchange.PacketId);
    }

    /// <summary>The connection is lost: everyone who waits is told so; messages stay here to be sent again if wanted.</summary>
    public void Lost(Disconnection why, bool keepMessages)
    {
        Exchange[] waiting;
        lock (gate)
        {
            waiting = [.. open.Values];
            foreach (var exchange in waiting)
                if (!keepMessages || exchange.Packet is null)
                    open.Remove(exchange.PacketId);
        }
        foreach (var exchange in waiting)
            exchange.Answer.TrySetException(Link.Lost(why));
    }

    /// <summary>The messages to send again on a resumed session, in their order.</summary>
    public IReadOnlyList<Exchange> Messages()
    {
        lock (gate)
            return [.. open.Values.Where(exchange => exchange.Packet is not null).OrderBy(exchange => exchange.Order)];
    }

    public void ForgetMessages()
    {
        lock (gate)
        {
            open.Clear();
            heard.Clear();
        }
    }
}

/// <summary>One question to the server; a message carries its packet, to be sent again.</summary>
sealed class Exchange(ushort packetId, PacketType awaits, long order)
{
    public ushort PacketId => packetId;

    public PacketType Awaits { get; set; } = awaits;

    /// <summary>What the server said beside its reasons.</summary>
    public string? Text { get; set; }

    public long Order => order;

    public byte[]? Packet { get; set; }

    public TaskCompletionSource<IReadOnlyList<ReasonCode>> Answer { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
