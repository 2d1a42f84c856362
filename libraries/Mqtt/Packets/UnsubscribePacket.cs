namespace Loa.Mqtt.Packets;

/// <summary>A client no longer wants the messages under some filters.</summary>
sealed class UnsubscribePacket
{
    public required ushort PacketId { get; init; }
    public required IReadOnlyList<string> Filters { get; init; }

    public static ReasonCode Read(Frame frame, ProtocolVersion version, out UnsubscribePacket packet)
    {
        var reader = new PacketReader(frame.Body.Span);
        reader.Expect(frame.Flags, 2);
        var packetId = reader.UInt16();
        if (!reader.Failed && packetId == 0)
            reader.Fail(ReasonCode.ProtocolError);
        if (version is ProtocolVersion.V5)
            Properties.Read(ref reader, PacketType.Unsubscribe);
        var filters = new List<string>();
        while (!reader.AtEnd)
            filters.Add(reader.String());
        if (!reader.Failed && filters.Count == 0)
            reader.Fail(ReasonCode.ProtocolError);
        packet = new UnsubscribePacket { PacketId = packetId, Filters = filters };
        return reader.Failure;
    }

    public ReadOnlyMemory<byte> Write(PacketWriter writer, ProtocolVersion version)
    {
        writer.UInt16(PacketId);
        if (version is ProtocolVersion.V5)
            Properties.None.Write(writer);
        foreach (var filter in Filters)
            writer.Utf8(filter);
        return writer.Finish(PacketType.Unsubscribe, flags: 2);
    }
}
