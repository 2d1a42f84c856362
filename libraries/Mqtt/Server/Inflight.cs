namespace Loa.Mqtt.Server;

/// <summary>
/// The QoS 1 and 2 messages of one session that are not acknowledged yet, in order: first those under way, then those
/// waiting. Of a QoS 2 message that its receiver has taken only the identifier is left, until it says that it has
/// forgotten it too (MQTT 5.0, 4.3.3).
/// </summary>
sealed class Inflight
{
    const int FirstRoom = 4;
    const int RoomWorthKeeping = 16;

    /// <summary>One message, or what is left of it.</summary>
    public struct Entry
    {
        public QueuedMessage Queued;
        public ushort PacketId;

        /// <summary>It was sent before, perhaps on an earlier connection.</summary>
        public bool Duplicate;

        /// <summary>The receiver has it; what goes out now is a PUBREL.</summary>
        public readonly bool Released => Queued.Message is null;

        public readonly int Weight => Queued.Message?.Weight ?? 0;
    }

    Entry[] ring = [];
    int head;
    int count;
    int underWay;
    int bytes;
    ushort lastPacketId;

    public int Count => count;

    public bool TryAdd(in QueuedMessage queued, int maximumCount, int maximumBytes)
    {
        if (count >= maximumCount || bytes + queued.Message.Weight > maximumBytes)
            return false;
        if (count == ring.Length)
            Grow();
        At(count++) = new Entry { Queued = queued };
        bytes += queued.Message.Weight;
        return true;
    }

    /// <summary>The next to send, if the window allows one more under way.</summary>
    public bool TryPeek(int window, out Entry next)
    {
        if (underWay == count || underWay >= window)
        {
            next = default;
            return false;
        }

        ref var entry = ref At(underWay);
        if (entry.PacketId == 0)
            entry.PacketId = FreshPacketId();
        next = entry;
        return true;
    }

    public void Sent()
    {
        At(underWay).Duplicate = true;
        underWay++;
    }

    /// <summary>Drops the message that <see cref="TryPeek"/> gave: its receiver does not take it.</summary>
    public void Skip() => Remove(underWay);

    /// <summary>A QoS 1 message has arrived.</summary>
    public bool Acknowledge(ushort packetId) =>
        Find(packetId) is var index
        && index >= 0
        && At(index).Queued is { Message: not null, Qos: Qos.AtLeastOnce }
        && End(index);

    /// <summary>The receiver has a QoS 2 message, perhaps said twice; the message itself is needed no more.</summary>
    public bool Receive(ushort packetId)
    {
        var index = Find(packetId);
        if (index < 0)
            return false;
        ref var entry = ref At(index);
        if (entry.Released)
            return true;
        if (entry.Queued.Qos is not Qos.ExactlyOnce)
            return false;
        bytes -= entry.Weight;
        entry.Queued = default;
        return true;
    }

    /// <summary>The receiver does not want a QoS 2 message, or has forgotten its identifier: it is over.</summary>
    public bool Complete(ushort packetId, bool refused)
    {
        var index = Find(packetId);
        if (
            index < 0
            || (refused ? At(index).Queued is not { Message: not null, Qos: Qos.ExactlyOnce } : !At(index).Released)
        )
            return false;
        return End(index);
    }

    /// <summary>The connection was lost: whatever is not acknowledged goes again, under its old identifier.</summary>
    public void Rewind() => underWay = 0;

    public void Clear() => (ring, head, count, underWay, bytes) = ([], 0, 0, 0, 0);

    int Find(ushort packetId)
    {
        for (var index = 0; index < underWay; index++)
            if (At(index).PacketId == packetId)
                return index;
        return -1;
    }

    bool End(int index)
    {
        Remove(index);
        underWay--;
        return true;
    }

    void Remove(int index)
    {
        bytes -= At(index).Weight;
        for (; index > 0; index--)
            At(index) = At(index - 1);
        At(0) = default;
        head = (head + 1) % ring.Length;
        if (--count == 0 && ring.Length > RoomWorthKeeping)
            (ring, head) = ([], 0);
    }

    ref Entry At(int index) => ref ring[(head + index) % ring.Length];

    void Grow()
    {
        var larger = new Entry[Math.Max(FirstRoom, ring.Length * 2)];
        for (var index = 0; index < count; index++)
            larger[index] = At(index);
        (ring, head) = (larger, 0);
    }

    // Also those that wait after a lost connection hold an identifier.
    ushort FreshPacketId()
    {
        do lastPacketId = lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(lastPacketId + 1);
        while (IsTaken(lastPacketId));
        return lastPacketId;
    }

    bool IsTaken(ushort packetId)
    {
        for (var index = 0; index < count; index++)
            if (At(index).PacketId == packetId)
                return true;
        return false;
    }
}
