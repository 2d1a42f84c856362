using System.Buffers.Binary;

namespace Loa.Mqtt.Packets;

/// <summary>The receiver has taken charge of a message, or says why not.</summary>
readonly record struct PubackPacket(ushort PacketId, ReasonCode Reason)
{
    public const int MaximumSize = 5;

    public static ReasonCode Read(Frame frame, ProtocolVersion version, out PubackPacket packet)
    {
        var reader = new PacketReader(frame.Body.Span);
        reader.Expect(frame.Flags, 0);
        var packetId = reader.UInt16();
        var reason = ReasonCode.Success;
        if (version is ProtocolVersion.V5 && !reader.AtEnd)
        {
            reason = (ReasonCode)reader.Byte();
            if (!reader.AtEnd)
                Properties.Read(ref reader, PacketType.Puback);
        }
        if (!reader.Failed && packetId == 0)
            reader.Fail(ReasonCode.ProtocolError);
        packet = new PubackPacket(packetId, reason);
        return reader.End();
    }

    /// <summary>Small and frequent, therefore written without a writer.</summary>
    public int Write(Span<byte> target)
    {
        target[0] = (byte)PacketType.Puback << 4;
        target[1] = Reason is ReasonCode.Success ? (byte)2 : (byte)3;
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], PacketId);
        if (Reason is ReasonCode.Success)
            return 4;
        target[4] = (byte)Reason;
        return 5;
    }
}
