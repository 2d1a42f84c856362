using System.Buffers.Binary;
using System.Text;

namespace Loa.Bench.Load;

/// <summary>MQTT 5 as a small client speaks it; for our server and for mosquitto alike.</summary>
/// <param name="name">The client id of each connection.</param>
/// <param name="filters">What each connection subscribes to.</param>
/// <param name="qos">The quality of service it subscribes with.</param>
/// <param name="sessionSeconds">How long the server is to keep its session.</param>
public class MqttDialect(Func<int, string> name, Func<int, string[]> filters, int qos, uint sessionSeconds = 0)
    : Dialect
{
    const byte ConnectPacket = 0x10;
    const byte SubscribePacket = 0x82;
    const int AtLeastOnce = 1;

    protected string NameOf(int index) => name(index);

    public override void Connected(Crowd crowd, int index) => crowd.Send(index, Connect(index, []));

    public override int Take(Crowd crowd, int index, ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (TryFrame(bytes[taken..], out var head, out var length))
        {
            Handle(crowd, index, bytes[taken], bytes.Slice(taken + head, length - head));
            taken += length;
        }
        return taken;
    }

    public override byte[] Publication(string topic, ReadOnlySpan<byte> payload, int qos, ushort packetId)
    {
        var packet = new PacketBytes();
        packet.Text(topic);
        if (qos > 0)
            packet.Number16(packetId);
        packet.Byte(0);
        packet.Raw(payload);
        return packet.Finish((byte)(0x30 | (qos << 1)));
    }

    protected virtual void Handle(Crowd crowd, int index, byte first, ReadOnlySpan<byte> body)
    {
        switch (first >> 4)
        {
            case 2:
                LetIn(crowd, index, body);
                break;
            case 3:
                Hear(crowd, index, first, body);
                break;
            case 4:
                Acknowledged?.Invoke(index, BinaryPrimitives.ReadUInt16BigEndian(body));
                break;
            case 9:
                Subscribed(crowd, index);
                break;
        }
    }

    /// <summary>Whether a refusal is the server's right, and not the end of the show.</summary>
    public bool MayBeRefused { get; set; }

    protected virtual void Subscribed(Crowd crowd, int index) => crowd.IsIn(index);

    protected byte[] Connect(int index, ReadOnlySpan<byte> moreProperties, ReadOnlySpan<byte> will = default)
    {
        var packet = new PacketBytes();
        packet.Text("MQTT");
        packet.Byte(5);
        // Clean start unless a session is to be kept; a will at QoS 1 when there is one.
        packet.Byte((byte)((sessionSeconds == 0 ? 2 : 0) | (will.IsEmpty ? 0 : 0x0C)));
        packet.Number16(0);
        packet.Byte((byte)(5 + moreProperties.Length));
        packet.Byte(0x11);
        packet.Number32(sessionSeconds);
        packet.Raw(moreProperties);
        packet.Text(name(index));
        packet.Raw(will);
        return packet.Finish(ConnectPacket);
    }

    void LetIn(Crowd crowd, int index, ReadOnlySpan<byte> body)
    {
        if (body[1] != 0 && !MayBeRefused)
            throw new IOException($"The server refused {name(index)} with reason 0x{body[1]:x2}.");
        if (body[1] != 0)
            return;
        var packet = new PacketBytes();
        packet.Number16(1);
        packet.Byte(0);
        foreach (var filter in filters(index))
        {
            packet.Text(filter);
            packet.Byte((byte)qos);
        }
        crowd.Send(index, packet.Finish(SubscribePacket));
    }

    void Hear(Crowd crowd, int index, byte first, ReadOnlySpan<byte> body)
    {
        var level = (first >> 1) & 3;
        var at = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
        ReadOnlySpan<byte> packetId = default;
        if (level == AtLeastOnce)
        {
            packetId = body.Slice(at, 2);
            at += 2;
        }
        // Properties of a message are few here; their length is one byte.
        at += 1 + body[at];
        Heard?.Invoke(index, body[at..]);
        if (level == AtLeastOnce)
            crowd.Send(index, [0x40, 2, packetId[0], packetId[1]]);
    }

    /// <summary>Topic of the packet, for those who must know it.</summary>
    protected static string TopicOf(ReadOnlySpan<byte> body) =>
        Encoding.UTF8.GetString(body.Slice(2, BinaryPrimitives.ReadUInt16BigEndian(body)));

    static bool TryFrame(ReadOnlySpan<byte> bytes, out int head, out int length)
    {
        (head, length) = (1, 0);
        var shift = 0;
        while (head < bytes.Length && head < 5)
        {
            var next = bytes[head++];
            length |= (next & 0x7F) << shift;
            shift += 7;
            if (next < 0x80)
            {
                length += head;
                return length <= bytes.Length;
            }
        }
        return false;
    }
}
