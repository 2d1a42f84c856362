using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Packets;

/// <summary>A message under way. Topic and payload are windows on the receive buffer, nothing is copied.</summary>
readonly record struct PublishPacket
{
    public const int RetainFlag = 0x01;
    public const int DuplicateFlag = 0x08;

    public ReadOnlyMemory<byte> Topic { get; init; }
    public ReadOnlyMemory<byte> Payload { get; init; }
    public ushort PacketId { get; init; }
    public Qos Qos { get; init; }
    public bool Retain { get; init; }
    public bool Duplicate { get; init; }
    public Properties Properties
    {
        get => field ?? Properties.None;
        init;
    }

    public static ReasonCode Read(Frame frame, ProtocolVersion version, out PublishPacket packet)
    {
        packet = default;
        var reader = new PacketReader(frame.Body.Span);
        var qos = (Qos)((frame.Flags >> 1) & 3);
        var duplicate = (frame.Flags & DuplicateFlag) != 0;
        if ((int)qos == 3 || (duplicate && qos is Qos.AtMostOnce))
            reader.Fail(ReasonCode.MalformedPacket);

        var topic = reader.Utf8();
        var topicEnd = reader.Position;
        var packetId = qos is Qos.AtMostOnce ? (ushort)0 : reader.UInt16();
        if (!reader.Failed && qos is not Qos.AtMostOnce && packetId == 0)
            reader.Fail(ReasonCode.ProtocolError);
        var properties =
            version is ProtocolVersion.V5 ? Properties.Read(ref reader, PacketType.Publish) : Properties.None;

        // An empty topic is lawful only beside an alias.
        var aliased = topic.IsEmpty && properties.TopicAlias is not null;
        if (!reader.Failed && !aliased && !TopicName.IsValid(topic))
            reader.Fail(topic.IsEmpty ? ReasonCode.ProtocolError : ReasonCode.TopicNameInvalid);
        if (reader.Failed)
            return reader.Failure;

        packet = new PublishPacket
        {
            Topic = frame.Body[(topicEnd - topic.Length)..topicEnd],
            Payload = frame.Body[reader.Position..],
            PacketId = packetId,
            Qos = qos,
            Retain = (frame.Flags & RetainFlag) != 0,
            Duplicate = duplicate,
            Properties = properties,
        };
        return ReasonCode.Success;
    }

    public ReadOnlyMemory<byte> Write(PacketWriter writer, ProtocolVersion version)
    {
        writer.Binary(Topic.Span);
        if (Qos is not Qos.AtMostOnce)
            writer.UInt16(PacketId);
        if (version is ProtocolVersion.V5)
            Properties.Write(writer);
        writer.Raw(Payload.Span);
        return writer.Finish(PacketType.Publish, Flags(Qos, Retain, Duplicate));
    }

    /// <summary>Where the identifier lies in a packet of this length, so that it can be set when its turn has come.</summary>
    public int PacketIdOffset(int packetLength)
    {
        var body = packetLength - 2;
        var header = 1;
        // The length's own bytes count to the packet.
        while (body >= 1 << (7 * header))
        {
            body--;
            header++;
        }
        return 1 + header + 2 + Topic.Length;
    }

    public static int Flags(Qos qos, bool retain, bool duplicate) =>
        (retain ? RetainFlag : 0) | ((int)qos << 1) | (duplicate ? DuplicateFlag : 0);
}
