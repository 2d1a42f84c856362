using System.Text;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Server;

/// <summary>Routes what a client publishes to the sessions that subscribed, and keeps what is retained.</summary>
sealed class Router(ServerContext context)
{
    // Publishing is done again and again by few threads; each keeps its list.
    [ThreadStatic]
    static HashSet<ClientSession>? receivers;

    /// <summary>From a client to all; false when it was to be retained and there is no room.</summary>
    public bool Carry(
        ClientSession sender,
        ReadOnlySpan<byte> topicUtf8,
        ReadOnlySpan<byte> payload,
        Qos qos,
        bool retain,
        Properties properties
    )
    {
        Span<char> topic = stackalloc char[TopicName.Longest];
        topic = topic[..Encoding.UTF8.GetChars(topicUtf8, topic)];
        var found = receivers ??= [];
        if (context.Options.Relays)
            context.Sessions.Find(topic, found);
        if (found.Count == 0 && !retain)
            return true;

        var message = new Message(new string(topic), payload, properties, mayNameClient: false)
        {
            Qos = qos,
            Retain = retain,
            ExpiresAt = ExpiryOf(properties.MessageExpiry),
        };
        var kept = !retain || context.Retained.TryKeep(message);
        if (kept)
            foreach (var session in found)
                session.Offer(message, qos, sender);
        found.Clear();
        return kept;
    }

    /// <summary>From the host to all.</summary>
    public FanOut Carry(string topic, ReadOnlySpan<byte> payload, Qos qos, bool retain, MessageProperties properties)
    {
        var message = Wrap(topic, payload, qos, retain, properties);
        if (retain && message.PerClient)
            throw new ArgumentException("What is retained has one topic for all.", nameof(topic));
        if (retain && !context.Retained.TryKeep(message))
            throw new MqttException(ReasonCode.QuotaExceeded, "There is no room for one more retained message.");
        var found = receivers ??= [];
        context.Sessions.Find(topic, found);
        var tally = new Tally();
        foreach (var session in found)
            tally.Count(session.Offer(message, qos));
        found.Clear();
        return tally.Sum;
    }

    public Message Wrap(
        string topic,
        ReadOnlySpan<byte> payload,
        Qos qos,
        bool retain,
        MessageProperties? properties
    ) =>
        new(topic, payload, properties ?? MessageProperties.None)
        {
            Qos = qos,
            Retain = retain,
            ExpiresAt = ExpiryOf((uint?)properties?.Expiry?.TotalSeconds),
        };

    long ExpiryOf(uint? seconds) => seconds is { } known ? context.After(TimeSpan.FromSeconds(known)) : long.MaxValue;
}

/// <summary>Counts what became of one message for many clients.</summary>
struct Tally
{
    int queued;
    int stored;
    int missed;

    public void Count(Delivery delivery)
    {
        if (delivery is Delivery.Queued)
            queued++;
        else if (delivery is Delivery.Stored)
            stored++;
        else
            missed++;
    }

    public readonly FanOut Sum => new(queued, stored, missed);
}
