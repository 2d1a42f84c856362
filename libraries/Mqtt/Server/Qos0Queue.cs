namespace Loa.Mqtt.Server;

/// <summary>The QoS 0 messages waiting for one connection. What is live is worth less the older it is: the oldest goes first.</summary>
sealed class Qos0Queue
{
    const int RoomWorthKeeping = 16;

    Queue<QueuedMessage>? queue;
    int bytes;

    public bool TryPeek(out QueuedMessage queued)
    {
        queued = default;
        return queue is not null && queue.TryPeek(out queued);
    }

    public void Remove()
    {
        bytes -= queue!.Dequeue().Message.Weight;
        if (queue.Count == 0 && queue.Capacity > RoomWorthKeeping)
            queue = null;
    }

    /// <summary>How many had to go to make room.</summary>
    public int Add(in QueuedMessage queued, int maximumCount, int maximumBytes)
    {
        queue ??= new Queue<QueuedMessage>();
        var dropped = 0;
        while (queue.Count > 0 && (queue.Count >= maximumCount || bytes + queued.Message.Weight > maximumBytes))
        {
            bytes -= queue.Dequeue().Message.Weight;
            dropped++;
        }
        queue.Enqueue(queued);
        bytes += queued.Message.Weight;
        return dropped;
    }

    public int Clear()
    {
        var count = queue?.Count ?? 0;
        (queue, bytes) = (null, 0);
        return count;
    }
}
