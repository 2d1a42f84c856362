namespace Loa.Mqtt.Packets;

/// <summary>DISCONNECT or AUTH: a reason and its properties, both left out when there is nothing to say.</summary>
sealed class ReasonPacket
{
    public ReasonCode Reason { get; init; }
    public Properties Properties { get; init; } = Properties.None;

    public static ReasonCode Read(Frame frame, ProtocolVersion version, out ReasonPacket packet)
    {
        var reader = new PacketReader(frame.Body.Span);
        reader.Expect(frame.Flags, 0);
        if (version is not ProtocolVersion.V5 || reader.AtEnd)
        {
            packet = new ReasonPacket();
            return reader.End();
        }
        var reason = (ReasonCode)reader.Byte();
        packet = new ReasonPacket
        {
            Reason = reason,
            Properties = reader.AtEnd ? Properties.None : Properties.Read(ref reader, frame.Type),
        };
        return reader.End();
    }

    public ReadOnlyMemory<byte> Write(PacketWriter writer, PacketType type)
    {
        var silent = Properties.AreSilent();
        if (Reason is not ReasonCode.Success || !silent)
            writer.Byte((byte)Reason);
        if (!silent)
            Properties.Write(writer);
        return writer.Finish(type);
    }
}
