using System.Buffers.Binary;

namespace Loa.Mqtt.Packets;

/// <summary>
/// One step of handing a message over: PUBACK ends a QoS 1 message; PUBREC, PUBREL and PUBCOMP lead a QoS 2 message
/// through (MQTT 5.0, 3.4 to 3.7 and 4.3).
/// </summary>
readonly record struct AcknowledgementPacket(PacketType Type, ushort PacketId, ReasonCode Reason = ReasonCode.Success)
{
    public const int MaximumSize = 5;

    /// <summary>What came beside the reason, for people.</summary>
    public string? Text { get; init; }

    public static ReasonCode Read(Frame frame, ProtocolVersion version, out AcknowledgementPacket packet)
    {
        var reader = new PacketReader(frame.Body.Span);
        reader.Expect(frame.Flags, Flags(frame.Type));
        var packetId = reader.UInt16();
        var reason = ReasonCode.Success;
        string? text = null;
        if (version is ProtocolVersion.V5 && !reader.AtEnd)
        {
            reason = (ReasonCode)reader.Byte();
            if (!reader.AtEnd)
                text = Properties.Read(ref reader, frame.Type).ReasonString;
        }
        if (!reader.Failed && packetId == 0)
            reader.Fail(ReasonCode.ProtocolError);
        packet = new AcknowledgementPacket(frame.Type, packetId, reason) { Text = text };
        return reader.End();
    }

    /// <summary>Small and frequent, therefore written without a writer. MQTT 3.1.1 has no reasons to be told.</summary>
    public int Write(Span<byte> target, ProtocolVersion version = ProtocolVersion.V5)
    {
        var silent = Reason is ReasonCode.Success || version is ProtocolVersion.V311;
        target[0] = (byte)(((int)Type << 4) | Flags(Type));
        target[1] = silent ? (byte)2 : (byte)3;
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], PacketId);
        if (silent)
            return 4;
        target[4] = (byte)Reason;
        return 5;
    }

    /// <summary>With a reason for people, to a client of MQTT 5 that wants it.</summary>
    public ReadOnlyMemory<byte> Write(PacketWriter writer, string text)
    {
        writer.UInt16(PacketId);
        writer.Byte((byte)Reason);
        new Properties { ReasonString = text }.Write(writer);
        return writer.Finish(Type, Flags(Type));
    }

    static int Flags(PacketType type) => type is PacketType.Pubrel ? 2 : 0;
}
