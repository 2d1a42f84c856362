namespace Loa.Mqtt.Server;

/// <summary>The QoS 0 messages waiting for one connection. What is live is worth less the older it is: the oldest goes first.</summary>
sealed class LiveMessages
{
    const int RoomWorthKeeping = 16;

    Queue<Message>? queue;
    int bytes;

    public bool TryPeek(out Message message)
    {
        message = null!;
        return queue is not null && queue.TryPeek(out message!);
    }

    public void Remove()
    {
        bytes -= queue!.Dequeue().Weight;
        if (queue.Count == 0 && queue.Capacity > RoomWorthKeeping)
            queue = null;
    }

    /// <summary>How many had to go to make room.</summary>
    public int Add(Message message, int maximumCount, int maximumBytes)
    {
        queue ??= new Queue<Message>();
        var dropped = 0;
        while (queue.Count > 0 && (queue.Count >= maximumCount || bytes + message.Weight > maximumBytes))
        {
            bytes -= queue.Dequeue().Weight;
            dropped++;
        }
        queue.Enqueue(message);
        bytes += message.Weight;
        return dropped;
    }

    public int Clear()
    {
        var count = queue?.Count ?? 0;
        (queue, bytes) = (null, 0);
        return count;
    }
}
