namespace Loa.Mqtt.Server;

/// <summary>The QoS 0 messages waiting for one connection. What is live is worth less the older it is: the oldest goes first.</summary>
sealed class LiveMessages
{
    const int RoomWorthKeeping = 16;

    Queue<Parcel>? queue;
    int bytes;

    public bool TryPeek(out Parcel parcel)
    {
        parcel = default;
        return queue is not null && queue.TryPeek(out parcel);
    }

    public void Remove()
    {
        bytes -= queue!.Dequeue().Message.Weight;
        if (queue.Count == 0 && queue.Capacity > RoomWorthKeeping)
            queue = null;
    }

    /// <summary>How many had to go to make room.</summary>
    public int Add(in Parcel parcel, int maximumCount, int maximumBytes)
    {
        queue ??= new Queue<Parcel>();
        var dropped = 0;
        while (queue.Count > 0 && (queue.Count >= maximumCount || bytes + parcel.Message.Weight > maximumBytes))
        {
            bytes -= queue.Dequeue().Message.Weight;
            dropped++;
        }
        queue.Enqueue(parcel);
        bytes += parcel.Message.Weight;
        return dropped;
    }

    public int Clear()
    {
        var count = queue?.Count ?? 0;
        (queue, bytes) = (null, 0);
        return count;
    }
}
