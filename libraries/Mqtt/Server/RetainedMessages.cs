using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Server;

/// <summary>
/// The last retained message of each topic, for those who subscribe later (MQTT 5.0, 3.3.1.3), within bounds. A filter
/// without wildcards is one look-up, any other looks at each topic.
/// </summary>
sealed class RetainedMessages(RetainedBounds bounds, TimeProvider clock)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Message> messages = new(StringComparer.Ordinal);
    long bytes;
    long nextExpiry = long.MaxValue;

    public bool IsOffered => bounds.Messages > 0;

    public int Count
    {
        get
        {
            lock (gate)
                return messages.Count;
        }
    }

    public long Bytes
    {
        get
        {
            lock (gate)
                return bytes;
        }
    }

    /// <summary>Keeps the message in place of the topic's last, or only forgets that when the payload is empty; false when there is no room.</summary>
    public bool TryKeep(Message message)
    {
        var topic = message.Prefix;
        lock (gate)
        {
            if (message.Payload.IsEmpty)
            {
                Forget(topic);
                return true;
            }
            var before = messages.GetValueOrDefault(topic);
            if (!HasRoom(message, before))
            {
                Expire(clock.GetTimestamp());
                if (!HasRoom(message, before = messages.GetValueOrDefault(topic)))
                    return false;
            }
            bytes += Cost(message) - (before is null ? 0 : Cost(before));
            messages[topic] = message;
            nextExpiry = Math.Min(nextExpiry, message.ExpiresAt);
            return true;
        }
    }

    /// <summary>What is retained under the filter now.</summary>
    public Message[] Find(string filter)
    {
        lock (gate)
        {
            if (messages.Count == 0)
                return [];
            Expire(clock.GetTimestamp());
            if (filter.AsSpan().IndexOfAny('+', '#') < 0)
                return messages.TryGetValue(filter, out var one) ? [one] : [];
            return [.. messages.Values.Where(message => TopicFilter.Matches(filter, message.Prefix))];
        }
    }

    /// <summary>Forgets what nobody is to hear any more.</summary>
    public void Sweep(long now)
    {
        lock (gate)
            Expire(now);
    }

    void Expire(long now)
    {
        if (nextExpiry > now)
            return;
        foreach (var (topic, message) in messages)
            if (message.ExpiresAt <= now)
                Forget(topic);
        nextExpiry = messages.Count == 0 ? long.MaxValue : messages.Values.Min(message => message.ExpiresAt);
    }

    bool HasRoom(Message message, Message? before) =>
        message.Weight <= bounds.LargestMessage
        && (before is not null || messages.Count < bounds.Messages)
        && bytes + Cost(message) - (before is null ? 0 : Cost(before)) <= bounds.Bytes;

    void Forget(string topic)
    {
        if (messages.Remove(topic, out var forgotten))
            bytes -= Cost(forgotten);
    }

    // The topic lies there twice, as the key and in the message.
    static long Cost(Message message) => message.Weight + message.Prefix.Length * sizeof(char);
}
