namespace Loa.Mqtt.Packets;

/// <summary>The server's answer to a CONNECT.</summary>
sealed class ConnackPacket
{
    public bool SessionPresent { get; init; }
    public ReasonCode Reason { get; init; }
    public Properties Properties { get; init; } = Properties.None;

    public static ReasonCode Read(Frame frame, out ConnackPacket packet)
    {
        var reader = new PacketReader(frame.Body.Span);
        reader.Expect(frame.Flags, 0);
        var flags = reader.Byte();
        if (flags > 1)
            reader.Fail(ReasonCode.MalformedPacket);
        packet = new ConnackPacket
        {
            SessionPresent = flags == 1,
            Reason = (ReasonCode)reader.Byte(),
            Properties = Properties.Read(ref reader, PacketType.Connack),
        };
        return reader.End();
    }

    public ReadOnlyMemory<byte> Write(PacketWriter writer, ProtocolVersion version)
    {
        writer.Flag(SessionPresent);
        if (version is ProtocolVersion.V5)
        {
            writer.Byte((byte)Reason);
            Properties.Write(writer);
        }
        else
        {
            writer.Byte(OldReturnCode(Reason));
        }
        return writer.Finish(PacketType.Connack);
    }

    // MQTT 3.1.1 knows five refusals only.
    static byte OldReturnCode(ReasonCode reason) =>
        reason switch
        {
            ReasonCode.Success => 0,
            ReasonCode.UnsupportedProtocolVersion => 1,
            ReasonCode.ClientIdentifierNotValid => 2,
            ReasonCode.BadUserNameOrPassword => 4,
            ReasonCode.NotAuthorized or ReasonCode.Banned or ReasonCode.BadAuthenticationMethod => 5,
            _ => 3,
        };
}
