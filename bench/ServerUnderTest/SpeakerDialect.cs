using System.Text;
using Loa.Air;
using Loa.Bench.Load;

namespace Loa.Bench.UnderTest;

/// <summary>
/// What a speaker says on the wire, without its software: CONNECT with a will, the proof of its key for the server's nonce,
/// its one subscription, the report of its state, and from then on what the show has it say.
/// </summary>
sealed class SpeakerDialect(IReadOnlyList<LoadSpeaker> speakers, string serverName)
    : MqttDialect(i => speakers[i].Name, i => [Topics.AllIn(speakers[i].Id)], qos: 1, sessionSeconds: 86_400)
{
    const byte AuthPacket = 0xF0;
    const byte ContinueAuthentication = 0x18;
    const byte MethodProperty = 0x15;
    const byte DataProperty = 0x16;

    /// <summary>The server says up to which record all is stored.</summary>
    public Action<int, AckMessage>? Stored { get; set; }

    /// <summary>A timetable came.</summary>
    public Action<int>? Told { get; set; }

    public override void Connected(Crowd crowd, int index)
    {
        speakers[index].Connects();
        var property = new PacketBytes();
        property.Byte(MethodProperty);
        property.Text(ConnectionProof.Method);
        var will = new PacketBytes();
        will.Byte(0);
        will.Text(Topics.Of(speakers[index].Id, AirTopic.OutState));
        will.Binary(StateMessage.Gone.ToBytes());
        crowd.Send(index, Connect(index, property.Body(), will.Body()));
    }

    public byte[] Report(int index, ushort packetId) =>
        Publication(
            Topics.Of(speakers[index].Id, AirTopic.OutState),
            speakers[index].State().ToBytes(),
            qos: 1,
            packetId
        );

    protected override void Subscribed(Crowd crowd, int index)
    {
        crowd.Send(index, Report(index, 1));
        base.Subscribed(crowd, index);
    }

    protected override void Handle(Crowd crowd, int index, byte first, ReadOnlySpan<byte> body)
    {
        if (first == AuthPacket)
        {
            Prove(crowd, index, body);
            return;
        }
        if (first >> 4 == 3)
            Read(crowd, index, first, body);
        base.Handle(crowd, index, first, body);
    }

    // reason, length of properties, method, data
    void Prove(Crowd crowd, int index, ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf((byte)DataProperty);
        var text = Encoding.ASCII.GetString(body.Slice(at + 3, (body[at + 1] << 8) | body[at + 2]));
        var one = speakers[index];
        var proof = one.Key.Sign(
            new ConnectionProof(one.Id, serverName, text, AirProtocol.Newest).Draft(one.Key.Public.KeyId)
        );
        var properties = new PacketBytes();
        properties.Byte(MethodProperty);
        properties.Text(ConnectionProof.Method);
        properties.Byte(DataProperty);
        properties.Binary(Encoding.ASCII.GetBytes(proof));
        var bytes = properties.Body();
        var packet = new PacketBytes();
        packet.Byte(ContinueAuthentication);
        // Between 128 and 16,383 bytes: two bytes of length.
        packet.Byte((byte)((bytes.Length & 0x7F) | 0x80));
        packet.Byte((byte)(bytes.Length >> 7));
        packet.Raw(bytes);
        crowd.Send(index, packet.Finish(AuthPacket));
    }

    void Read(Crowd crowd, int index, byte first, ReadOnlySpan<byte> body)
    {
        var topic = TopicOf(body);
        var payload = PayloadOf(first, body);
        if (topic.EndsWith("/in/ack", StringComparison.Ordinal) && AckMessage.TryRead(payload, out var ack))
            Stored?.Invoke(index, ack);
        if (
            topic.EndsWith("/in/timetable", StringComparison.Ordinal)
            && TimetableMessage.TryRead(payload, out var message)
            && Timetable.TryRead(message.Timetable, out var read, out _)
        )
        {
            speakers[index].Take(read.Document);
            Told?.Invoke(index);
            crowd.Send(index, Report(index, 2));
        }
    }

    static ReadOnlySpan<byte> PayloadOf(byte first, ReadOnlySpan<byte> body)
    {
        var at = 2 + ((body[0] << 8) | body[1]) + ((first & 6) == 0 ? 0 : 2);
        return body[(at + 1 + body[at])..];
    }
}
