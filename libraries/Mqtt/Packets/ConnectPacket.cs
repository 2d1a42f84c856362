namespace Loa.Mqtt.Packets;

/// <summary>A client introduces itself and says how it wants to be served.</summary>
sealed class ConnectPacket
{
    static ReadOnlySpan<byte> ProtocolName => "MQTT"u8;

    const int CleanStartFlag = 0x02;
    const int WillFlag = 0x04;
    const int WillRetainFlag = 0x20;
    const int PasswordFlag = 0x40;
    const int UserNameFlag = 0x80;

    public required string ClientId { get; init; }
    public ProtocolVersion Version { get; init; } = ProtocolVersion.V5;
    public bool CleanStart { get; init; }
    public ushort KeepAliveSeconds { get; init; }
    public Will? Will { get; init; }
    public string? UserName { get; init; }
    public byte[]? Password { get; init; }
    public Properties Properties { get; init; } = Properties.None;

    /// <summary><paramref name="version"/> is what the client claims, 0 when it did not get so far; the refusal is written in it.</summary>
    public static ReasonCode Read(Frame frame, out ConnectPacket? packet, out byte version)
    {
        packet = null;
        version = 0;
        var reader = new PacketReader(frame.Body.Span);
        reader.Expect(frame.Flags, 0);
        if (!reader.Binary().SequenceEqual(ProtocolName))
            reader.Fail(ReasonCode.UnsupportedProtocolVersion);
        version = reader.Byte();
        if (version is not ((byte)ProtocolVersion.V311 or (byte)ProtocolVersion.V5))
            reader.Fail(ReasonCode.UnsupportedProtocolVersion);

        var flags = reader.Byte();
        var isV5 = version == (byte)ProtocolVersion.V5;
        var willQos = (flags >> 3) & 3;
        var hasWill = (flags & WillFlag) != 0;
        if ((flags & 1) != 0 || willQos == 3 || (!hasWill && (willQos != 0 || (flags & WillRetainFlag) != 0)))
            reader.Fail(ReasonCode.MalformedPacket);
        if (!isV5 && (flags & (PasswordFlag | UserNameFlag)) == PasswordFlag)
            reader.Fail(ReasonCode.MalformedPacket);

        var keepAlive = reader.UInt16();
        var properties = isV5 ? Properties.Read(ref reader, PacketType.Connect) : Properties.None;
        var clientId = reader.String();
        var will = hasWill ? Will.Read(ref reader, isV5, (Qos)willQos, (flags & WillRetainFlag) != 0) : null;
        var userName = (flags & UserNameFlag) != 0 ? reader.String() : null;
        var password = (flags & PasswordFlag) != 0 ? reader.Binary().ToArray() : null;
        if (reader.End() is not ReasonCode.Success and var failure)
            return failure;

        packet = new ConnectPacket
        {
            ClientId = clientId,
            Version = (ProtocolVersion)version,
            CleanStart = (flags & CleanStartFlag) != 0,
            KeepAliveSeconds = keepAlive,
            Will = will,
            UserName = userName,
            Password = password,
            Properties = properties,
        };
        return ReasonCode.Success;
    }

    public ReadOnlyMemory<byte> Write(PacketWriter writer)
    {
        var isV5 = Version is ProtocolVersion.V5;
        writer.Binary(ProtocolName);
        writer.Byte((byte)Version);
        writer.Byte(
            (byte)(
                (CleanStart ? CleanStartFlag : 0)
                | (Will is null ? 0 : WillFlag | ((int)Will.Qos << 3) | (Will.Retain ? WillRetainFlag : 0))
                | (Password is null ? 0 : PasswordFlag)
                | (UserName is null ? 0 : UserNameFlag)
            )
        );
        writer.UInt16(KeepAliveSeconds);
        if (isV5)
            Properties.Write(writer);
        writer.Utf8(ClientId);
        Will?.Write(writer, isV5);
        if (UserName is not null)
            writer.Utf8(UserName);
        if (Password is not null)
            writer.Binary(Password);
        return writer.Finish(PacketType.Connect);
    }
}
