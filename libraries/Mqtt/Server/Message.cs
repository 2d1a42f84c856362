using System.Buffers.Binary;
using System.Text;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Server;

/// <summary>
/// A message encoded once for all its receivers. What differs between them (dialect, packet identifier, the receiver's
/// name in the topic or an alias for it, its subscription identifiers, what is left of the expiry) is written around the
/// shared bytes when they are sent.
/// </summary>
sealed class Message
{
    public const string ClientPlace = "{client}";

    // Message expiry, then a topic alias: one byte and its number each.
    const int ExpirySize = 1 + 4;
    public const int AliasSize = 1 + 2;

    // The topic, the properties that are the same for all, the payload.
    readonly byte[] bytes;
    readonly int prefixLength;
    readonly int topicLength;
    readonly int sharedLength;

    public Message(string topic, ReadOnlySpan<byte> payload)
        : this(topic, payload, MessageProperties.None) { }

    public Message(string topic, ReadOnlySpan<byte> payload, MessageProperties properties)
        : this(topic, payload, properties.ToProperties(), mayNameClient: true) { }

    public Message(string topic, ReadOnlySpan<byte> payload, Properties properties, bool mayNameClient)
    {
        if (topic.Length > TopicName.Longest || !TopicName.IsValid(topic))
            throw new ArgumentException("A topic is 1 to 512 characters without wildcards.", nameof(topic));

        var place = mayNameClient ? topic.IndexOf(ClientPlace, StringComparison.Ordinal) : -1;
        PerClient = place >= 0;
        Prefix = PerClient ? topic[..place] : topic;
        Suffix = PerClient ? topic[(place + ClientPlace.Length)..] : "";
        prefixLength = Encoding.UTF8.GetByteCount(Prefix);
        topicLength = prefixLength + Encoding.UTF8.GetByteCount(Suffix);

        using var shared = properties.AreSilent() ? null : new PacketWriter();
        if (shared is not null)
            properties.WriteForwarded(shared);
        var forwarded = shared is null ? default : shared.Written;
        sharedLength = forwarded.Length;

        bytes = new byte[topicLength + sharedLength + payload.Length];
        Encoding.UTF8.GetBytes(Prefix, bytes);
        Encoding.UTF8.GetBytes(Suffix, bytes.AsSpan(prefixLength));
        forwarded.CopyTo(bytes.AsSpan(topicLength));
        payload.CopyTo(bytes.AsSpan(topicLength + sharedLength));
    }

    public bool PerClient { get; }

    public string Prefix { get; }

    public string Suffix { get; }

    /// <summary>As its sender published it; only what is retained needs to know.</summary>
    public Qos Qos { get; init; }

    /// <summary>Its sender asked to keep it for those who subscribe later.</summary>
    public bool Retain { get; init; }

    /// <summary>The clock's moment after which nobody is to hear it any more.</summary>
    public long ExpiresAt { get; init; } = long.MaxValue;

    public ReadOnlySpan<byte> Payload => bytes.AsSpan(topicLength + sharedLength);

    public int Weight => bytes.Length;

    public bool IsUnder(ReadOnlySpan<char> filter, string clientId)
    {
        if (!PerClient)
            return TopicFilter.Matches(filter, Prefix);
        Span<char> topic = stackalloc char[Prefix.Length + clientId.Length + Suffix.Length];
        Prefix.CopyTo(topic);
        clientId.CopyTo(topic[Prefix.Length..]);
        Suffix.CopyTo(topic[(Prefix.Length + clientId.Length)..]);
        return TopicFilter.Matches(filter, topic);
    }

    public int Size(ProtocolVersion version, in Sending sending)
    {
        var body = Body(version, sending);
        return 1 + PacketWriter.VariableIntSize(body) + body;
    }

    /// <summary>What follows the head: the shared properties and the payload, or the payload alone in the older dialect.</summary>
    public ReadOnlyMemory<byte> Tail(ProtocolVersion version) =>
        bytes.AsMemory(version is ProtocolVersion.V5 ? topicLength : topicLength + sharedLength);

    /// <summary>Writes all that comes before the tail.</summary>
    public int WriteHead(Span<byte> target, ProtocolVersion version, in Sending sending)
    {
        var flags = PublishPacket.Flags(sending.Qos, sending.Retain, sending.Duplicate);
        target[0] = (byte)(((int)PacketType.Publish << 4) | flags);
        var at = 1 + PacketWriter.VariableInt(target[1..], Body(version, sending));
        at += WriteTopic(target[at..], sending);
        if (sending.Qos is not Qos.AtMostOnce)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[at..], sending.PacketId);
            at += 2;
        }
        return version is ProtocolVersion.V5 ? at + WriteOwnProperties(target[at..], sending) : at;
    }

    int WriteTopic(Span<byte> target, in Sending sending)
    {
        if (sending.AliasIsKnown)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target, 0);
            return 2;
        }
        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)Topic(sending.ClientId));
        var at = 2;
        bytes.AsSpan(0, prefixLength).CopyTo(target[at..]);
        at += prefixLength;
        if (PerClient)
            at += Encoding.UTF8.GetBytes(sending.ClientId, target[at..]);
        bytes.AsSpan(prefixLength, topicLength - prefixLength).CopyTo(target[at..]);
        return at + topicLength - prefixLength;
    }

    int WriteOwnProperties(Span<byte> target, in Sending sending)
    {
        var at = PacketWriter.VariableInt(target, OwnProperties(sending) + sharedLength);
        if (ExpiresAt != long.MaxValue)
        {
            target[at] = (byte)PropertyId.MessageExpiry;
            BinaryPrimitives.WriteUInt32BigEndian(target[(at + 1)..], sending.SecondsLeft);
            at += ExpirySize;
        }
        if (sending.Alias != 0)
        {
            target[at] = (byte)PropertyId.TopicAlias;
            BinaryPrimitives.WriteUInt16BigEndian(target[(at + 1)..], sending.Alias);
            at += AliasSize;
        }
        sending.Identifiers.CopyTo(target[at..]);
        return at + (sending.Identifiers?.Length ?? 0);
    }

    int Topic(string clientId) => topicLength + (PerClient ? Encoding.UTF8.GetByteCount(clientId) : 0);

    int OwnProperties(in Sending sending) =>
        (ExpiresAt != long.MaxValue ? ExpirySize : 0)
        + (sending.Alias != 0 ? AliasSize : 0)
        + (sending.Identifiers?.Length ?? 0);

    int Body(ProtocolVersion version, in Sending sending)
    {
        var body = 2 + (sending.AliasIsKnown ? 0 : Topic(sending.ClientId)) + Payload.Length;
        if (sending.Qos is not Qos.AtMostOnce)
            body += 2;
        if (version is not ProtocolVersion.V5)
            return body;
        var properties = OwnProperties(sending) + sharedLength;
        return body + PacketWriter.VariableIntSize(properties) + properties;
    }
}

/// <summary>What is particular to one sending of a message.</summary>
readonly record struct Sending(string ClientId, Qos Qos)
{
    public ushort PacketId { get; init; }
    public bool Duplicate { get; init; }
    public bool Retain { get; init; }

    /// <summary>The receiver's subscription identifiers, as properties ready to be sent.</summary>
    public byte[]? Identifiers { get; init; }
    public uint SecondsLeft { get; init; }

    /// <summary>0 when the topic is written out and not to be remembered.</summary>
    public ushort Alias { get; init; }
    public bool AliasIsKnown { get; init; }
}

/// <summary>A message on its way to one receiver, as that receiver's subscriptions want it.</summary>
readonly record struct QueuedMessage(Message Message, byte[]? Identifiers, Qos Qos, bool Retain)
{
    public Sending To(string clientId) => new(clientId, Qos) { Retain = Retain, Identifiers = Identifiers };
}
