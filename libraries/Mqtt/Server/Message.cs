using System.Buffers.Binary;
using System.Text;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Server;

/// <summary>
/// A message encoded once for all its receivers. What differs between them (dialect, packet identifier, the receiver's
/// name in the topic) is written around the shared bytes when they are sent.
/// </summary>
sealed class Message
{
    public const string ClientPlace = "{client}";

    // Fixed header, two lengths and the empty properties.
    public const int LargestFrameAround = 1 + 4 + 2 + 2 + 1;

    readonly byte[] bytes;
    readonly int prefixLength;
    readonly int topicLength;

    public Message(string topic, ReadOnlySpan<byte> payload)
    {
        if (topic.Length > TopicName.LongestSent || !TopicName.IsValid(topic))
            throw new ArgumentException("A topic is 1 to 512 characters without wildcards.", nameof(topic));

        var place = topic.IndexOf(ClientPlace, StringComparison.Ordinal);
        PerClient = place >= 0;
        Prefix = PerClient ? topic[..place] : topic;
        Suffix = PerClient ? topic[(place + ClientPlace.Length)..] : "";
        prefixLength = Encoding.UTF8.GetByteCount(Prefix);
        topicLength = prefixLength + Encoding.UTF8.GetByteCount(Suffix);
        bytes = new byte[topicLength + payload.Length];
        Encoding.UTF8.GetBytes(Prefix, bytes);
        Encoding.UTF8.GetBytes(Suffix, bytes.AsSpan(prefixLength));
        payload.CopyTo(bytes.AsSpan(topicLength));
    }

    public bool PerClient { get; }

    public string Prefix { get; }

    public string Suffix { get; }

    public ReadOnlyMemory<byte> Payload => bytes.AsMemory(topicLength);

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

    public int Size(ProtocolVersion version, Qos qos, string clientId)
    {
        var body = Body(version, qos, clientId);
        return 1 + PacketWriter.VariableIntSize(body) + body;
    }

    /// <summary>Writes all that comes before the payload.</summary>
    public int WriteHead(Span<byte> target, ProtocolVersion version, Qos qos, Sending sending)
    {
        target[0] = (byte)(((int)PacketType.Publish << 4) | PublishPacket.Flags(qos, retain: false, sending.Duplicate));
        var at = 1 + PacketWriter.VariableInt(target[1..], Body(version, qos, sending.ClientId));
        BinaryPrimitives.WriteUInt16BigEndian(target[at..], (ushort)Topic(sending.ClientId));
        at += 2;
        bytes.AsSpan(0, prefixLength).CopyTo(target[at..]);
        at += prefixLength;
        if (PerClient)
            at += Encoding.UTF8.GetBytes(sending.ClientId, target[at..]);
        bytes.AsSpan(prefixLength, topicLength - prefixLength).CopyTo(target[at..]);
        at += topicLength - prefixLength;
        if (qos is Qos.AtLeastOnce)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target[at..], sending.PacketId);
            at += 2;
        }
        if (version is ProtocolVersion.V5)
            target[at++] = 0;
        return at;
    }

    int Topic(string clientId) => topicLength + (PerClient ? Encoding.UTF8.GetByteCount(clientId) : 0);

    int Body(ProtocolVersion version, Qos qos, string clientId) =>
        2
        + Topic(clientId)
        + (qos is Qos.AtLeastOnce ? 2 : 0)
        + (version is ProtocolVersion.V5 ? 1 : 0)
        + Payload.Length;
}

/// <summary>What is particular to one sending of a message.</summary>
readonly record struct Sending(string ClientId, ushort PacketId = 0, bool Duplicate = false);
