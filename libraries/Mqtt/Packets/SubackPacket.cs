namespace Loa.Mqtt.Packets;

/// <summary>The answer to a SUBSCRIBE or UNSUBSCRIBE: one reason for each filter, in their order.</summary>
sealed class SubackPacket
{
    public required ushort PacketId { get; init; }
    public required IReadOnlyList<ReasonCode> Reasons { get; init; }

    /// <summary>SUBACK and UNSUBACK look alike in MQTT 5; an UNSUBACK of 3.1.1 has no reasons.</summary>
    public static ReasonCode Read(Frame frame, ProtocolVersion version, out SubackPacket packet)
    {
        var reader = new PacketReader(frame.Body.Span);
        reader.Expect(frame.Flags, 0);
        var packetId = reader.UInt16();
        if (version is ProtocolVersion.V5)
            Properties.Read(ref reader, frame.Type);
        var reasons = reader.Take(reader.Left);
        packet = new SubackPacket { PacketId = packetId, Reasons = [.. reasons.ToArray().Select(r => (ReasonCode)r)] };
        return reader.End();
    }

    public ReadOnlyMemory<byte> Write(PacketWriter writer, ProtocolVersion version, PacketType type)
    {
        writer.UInt16(PacketId);
        if (version is ProtocolVersion.V5)
            Properties.None.Write(writer);
        if (version is ProtocolVersion.V5 || type is PacketType.Suback)
            foreach (var reason in Reasons)
                writer.Byte((byte)OldReturnCode(reason, version));
        return writer.Finish(type);
    }

    static ReasonCode OldReturnCode(ReasonCode reason, ProtocolVersion version) =>
        version is ProtocolVersion.V311 && reason >= ReasonCode.UnspecifiedError ? ReasonCode.UnspecifiedError : reason;
}
