using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Packets;

/// <summary>What a client asks to be told in its name when it goes without a word.</summary>
sealed class Will
{
    public required string Topic { get; init; }
    public required byte[] Payload { get; init; }
    public Qos Qos { get; init; }
    public bool Retain { get; init; }
    public Properties Properties { get; init; } = Properties.None;

    public static Will Read(ref PacketReader reader, bool isV5, Qos qos, bool retain)
    {
        var properties = isV5 ? Properties.Read(ref reader, PacketType.Reserved) : Properties.None;
        var topic = reader.String();
        if (!reader.Failed && !TopicName.IsValid(topic))
            reader.Fail(ReasonCode.TopicNameInvalid);
        return new Will
        {
            Topic = topic,
            Payload = reader.Binary().ToArray(),
            Qos = qos,
            Retain = retain,
            Properties = properties,
        };
    }

    public void Write(PacketWriter writer, bool isV5)
    {
        if (isV5)
            Properties.Write(writer);
        writer.Utf8(Topic);
        writer.Binary(Payload);
    }
}
