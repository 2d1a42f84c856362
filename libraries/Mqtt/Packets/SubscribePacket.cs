namespace Loa.Mqtt.Packets;

/// <summary>A client asks for the messages under some filters.</summary>
sealed class SubscribePacket
{
    public required ushort PacketId { get; init; }
    public required IReadOnlyList<WantedFilter> Filters { get; init; }
    public Properties Properties { get; init; } = Properties.None;

    public static ReasonCode Read(Frame frame, ProtocolVersion version, out SubscribePacket packet)
    {
        var reader = new PacketReader(frame.Body.Span);
        reader.Expect(frame.Flags, 2);
        var packetId = reader.UInt16();
        if (!reader.Failed && packetId == 0)
            reader.Fail(ReasonCode.ProtocolError);
        var isV5 = version is ProtocolVersion.V5;
        var properties = isV5 ? Properties.Read(ref reader, PacketType.Subscribe) : Properties.None;
        var filters = new List<WantedFilter>();
        while (!reader.AtEnd)
        {
            var filter = reader.String();
            var options = reader.Byte();
            if ((options & 3) == 3 || (options & (isV5 ? 0xC0 : 0xFC)) != 0)
                reader.Fail(ReasonCode.MalformedPacket);
            if ((options & 0x30) == 0x30)
                reader.Fail(ReasonCode.ProtocolError);
            if (!reader.Failed)
                filters.Add(new WantedFilter(filter, (Qos)(options & 3), (byte)(options >> 2)));
        }
        if (!reader.Failed && filters.Count == 0)
            reader.Fail(ReasonCode.ProtocolError);
        packet = new SubscribePacket
        {
            PacketId = packetId,
            Filters = filters,
            Properties = properties,
        };
        return reader.Failure;
    }

    public ReadOnlyMemory<byte> Write(PacketWriter writer, ProtocolVersion version)
    {
        writer.UInt16(PacketId);
        if (version is ProtocolVersion.V5)
            Properties.Write(writer);
        foreach (var filter in Filters)
        {
            writer.Utf8(filter.Filter);
            writer.Byte((byte)((int)filter.Qos | (filter.Options << 2)));
        }
        return writer.Finish(PacketType.Subscribe, flags: 2);
    }
}

/// <summary>One filter of a SUBSCRIBE; the options are MQTT 5's no-local, retain-as-published and retain-handling bits.</summary>
readonly record struct WantedFilter(string Filter, Qos Qos, byte Options = 0)
{
    public bool NoLocal => (Options & 1) != 0;

    public bool RetainAsPublished => (Options & 2) != 0;

    public RetainHandling RetainHandling => (RetainHandling)(Options >> 2);

    public static WantedFilter Of(string filter, SubscribeOptions options) =>
        new(
            filter,
            options.Qos,
            (byte)((options.NoLocal ? 1 : 0) | (options.RetainAsPublished ? 2 : 0) | ((int)options.RetainHandling << 2))
        );
}
