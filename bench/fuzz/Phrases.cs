using System.Text;
using Loa.Air;
using Loa.Bench.Load;
using Loa.Jose;

namespace Loa.Bench.Fuzz;

/// <summary>Good packets and good messages of every kind, for the mutator to spoil; some spoiled with care already.</summary>
sealed class Phrases(Random random, Guid speaker)
{
    public byte[] Packet() =>
        random.Next(9) switch
        {
            0 => Connect(),
            1 => Numbered(
                0x82,
                p =>
                {
                    p.Byte(0);
                    p.Text(random.Next(2) == 0 ? Topics.AllIn(speaker) : "loa/#/" + new string('+', random.Next(300)));
                    p.Byte((byte)random.Next(256));
                }
            ),
            2 => Numbered(
                0xA2,
                p =>
                {
                    p.Byte(0);
                    p.Text(Topics.AllIn(speaker));
                }
            ),
            3 => Numbered((byte)(0x40 + (random.Next(4) * 0x10)), _ => { }),
            4 => [0xC0, 0],
            5 => Auth(),
            6 => new PacketBytes().Finish(0xE0),
            _ => Publish(),
        };

    public byte[] Connect()
    {
        var packet = new PacketBytes();
        packet.Text("MQTT");
        packet.Byte((byte)(random.Next(4) == 0 ? 4 : 5));
        packet.Byte((byte)random.Next(256));
        packet.Number16((ushort)random.Next(65536));
        var properties = Properties();
        packet.Byte((byte)properties.Length);
        packet.Raw(properties);
        packet.Text(random.Next(3) == 0 ? new string('x', random.Next(2000)) : $"{speaker:D}");
        packet.Byte(0);
        packet.Text(Topics.Of(speaker, AirTopic.OutState));
        packet.Binary(StateMessage.Gone.ToBytes());
        return packet.Finish(0x10);
    }

    public byte[] Message() =>
        random.Next(6) switch
        {
            0 => new StateMessage(
                true,
                DateTimeOffset.UnixEpoch,
                random.NextInt64(),
                random.NextInt64(),
                -1,
                "f",
                random.Next()
            ).ToBytes(),
            1 => new RecordMessage(Document()).ToBytes(),
            2 => new TimetableMessage(Document(), [Document(), Document()], [Document()], "http://[::1").ToBytes(),
            3 => new CommandMessage(Document(), [Document()]).ToBytes(),
            4 => Encoding.UTF8.GetBytes("{\"record\":" + new string('[', random.Next(40_000))),
            _ => Encoding.UTF8.GetBytes(
                $"{{\"online\":true,\"at\":{random.NextInt64()}e{random.Next(999)},\"x\":\"\\ud800\"}}"
            ),
        };

    byte[] Publish()
    {
        var packet = new PacketBytes();
        packet.Text(Topics.Of(random.Next(5) == 0 ? Guid.CreateVersion7() : speaker, (AirTopic)random.Next(12)));
        packet.Number16((ushort)random.Next(65536));
        var properties = random.Next(3) == 0 ? Properties() : [];
        packet.Byte((byte)properties.Length);
        packet.Raw(properties);
        packet.Raw(Message());
        return packet.Finish((byte)(0x30 | random.Next(16)));
    }

    byte[] Auth()
    {
        var packet = new PacketBytes();
        packet.Byte((byte)(0x18 + random.Next(3)));
        var properties = Properties();
        packet.Byte((byte)properties.Length);
        packet.Raw(properties);
        return packet.Finish(0xF0);
    }

    byte[] Properties()
    {
        var all = new PacketBytes();
        all.Byte(0x15);
        all.Text(ConnectionProof.Method);
        for (var i = random.Next(3); i > 0; i--)
        {
            all.Byte((byte)random.Next(0x2C));
            all.Raw(BitConverter.GetBytes(random.Next()));
        }
        return all.Body();
    }

    static byte[] Numbered(byte first, Action<PacketBytes> rest)
    {
        var packet = new PacketBytes();
        packet.Number16(1);
        rest(packet);
        return packet.Finish(first);
    }

    string Document()
    {
        var payload = Encoding.UTF8.GetBytes(
            $"{{\"v\":1,\"id\":\"{speaker}\",\"speaker\":\"{speaker}\",\"version\":{random.NextInt64()}}}"
        );
        return Jws.Sign(stranger, random.Next(2) == 0 ? Timetable.Type : AirRecord.Type, payload);
    }

    static readonly SigningKey stranger = SigningKey.Create();
}
