namespace Loa.Mqtt.Server;

/// <summary>The QoS 1 messages of one session that are not acknowledged yet, in order: first those under way, then those waiting.</summary>
sealed class KeptMessages
{
    const int FirstRoom = 4;
    const int RoomWorthKeeping = 16;

    struct Entry
    {
        public Message Message;
        public ushort PacketId;
        public bool Duplicate;
    }

    Entry[] ring = [];
    int head;
    int count;
    int underWay;
    int bytes;
    ushort lastPacketId;

    public int Count => count;

    public bool TryAdd(Message message, int maximumCount, int maximumBytes)
    {
        if (count >= maximumCount || bytes + message.Weight > maximumBytes)
            return false;
        if (count == ring.Length)
            Grow();
        At(count++) = new Entry { Message = message };
        bytes += message.Weight;
        return true;
    }

    /// <summary>The next message to send, if the window allows one more under way.</summary>
    public bool TryPeek(int window, out Message message, out ushort packetId, out bool duplicate)
    {
        if (underWay == count || underWay >= window)
        {
            (message, packetId, duplicate) = (null!, 0, false);
            return false;
        }

        ref var entry = ref At(underWay);
        if (entry.PacketId == 0)
            entry.PacketId = FreshPacketId();
        (message, packetId, duplicate) = (entry.Message, entry.PacketId, entry.Duplicate);
        return true;
    }

    public void Sent()
    {
        At(underWay).Duplicate = true;
        underWay++;
    }

    /// <summary>Drops the message that <see cref="TryPeek"/> gave: its receiver does not take it.</summary>
    public void Skip() => Remove(underWay);

    public bool Acknowledge(ushort packetId)
    {
        for (var index = 0; index < underWay; index++)
        {
            if (At(index).PacketId != packetId)
                continue;
            Remove(index);
            underWay--;
            return true;
        }
        return false;
    }

    /// <summary>The connection was lost: whatever is not acknowledged goes again, under its old identifier.</summary>
    public void Rewind() => underWay = 0;

    public void Clear() => (ring, head, count, underWay, bytes) = ([], 0, 0, 0, 0);

    void Remove(int index)
    {
        bytes -= At(index).Message.Weight;
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
