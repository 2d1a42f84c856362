using System.Net.Sockets;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Server;

/// <summary>A socket that says whatever a test wants, lawful or not.</summary>
sealed class RawDevice : IDisposable
{
    readonly TcpClient socket = new();
    Wire wire = null!;

    public static async Task<RawDevice> Dial(int port)
    {
        var device = new RawDevice();
        await device.socket.ConnectAsync("127.0.0.1", port);
        device.wire = new Wire(new SocketTransport(device.socket.Client), int.MaxValue);
        return device;
    }

    public Socket Socket => socket.Client;

    public async Task Say(params byte[] bytes) => await wire.Write(bytes);

    public async Task Say(Func<PacketWriter, ReadOnlyMemory<byte>> write)
    {
        using var writer = new PacketWriter();
        await wire.Write(write(writer));
    }

    public async Task<ConnackPacket> Connect(
        string id = "raw",
        ProtocolVersion version = ProtocolVersion.V5,
        ushort keepAlive = 60,
        Properties? properties = null,
        Will? will = null,
        bool clean = false
    )
    {
        var connect = new ConnectPacket
        {
            CleanStart = clean,
            ClientId = id,
            Version = version,
            KeepAliveSeconds = keepAlive,
            Will = will,
            Properties = properties ?? new Properties { SessionExpiry = 3600 },
        };
        await Say(connect.Write);
        var frame = await Hear(PacketType.Connack);
        if (version is ProtocolVersion.V311)
        {
            Assert.Equal(0, frame.Body.Span[1]);
            return new ConnackPacket { SessionPresent = frame.Body.Span[0] == 1 };
        }
        Assert.Equal(ReasonCode.Success, ConnackPacket.Read(frame, out var connack));
        return connack;
    }

    /// <summary>The next packet, which must be of this kind; valid until the next one is heard.</summary>
    public async Task<Frame> Hear(PacketType type)
    {
        var (status, frame) = await wire.Next().AsTask().Soon();
        Assert.Equal(FrameStatus.Complete, status);
        Assert.Equal(type, frame.Type);
        return frame;
    }

    public async Task<ReasonCode> HearGoodbye()
    {
        ReasonPacket.Read(await Hear(PacketType.Disconnect), ProtocolVersion.V5, out var packet);
        await HearEnd();
        return packet.Reason;
    }

    public async Task<PublishPacket> HearMessage()
    {
        var fault = PublishPacket.Read(await Hear(PacketType.Publish), ProtocolVersion.V5, out var packet);
        Assert.Equal(ReasonCode.Success, fault);
        return packet;
    }

    public async Task HearEnd()
    {
        try
        {
            var (status, _) = await wire.Next().AsTask().Soon();
            Assert.Equal(FrameStatus.Incomplete, status);
        }
        catch (Exception loss) when (Wire.IsLoss(loss))
        {
            // A reset is an end too.
        }
    }

    public Task Subscribe(string filter, Qos qos = Qos.AtLeastOnce) =>
        Say(writer =>
            new SubscribePacket { PacketId = 1, Filters = [new WantedFilter(filter, qos)] }.Write(
                writer,
                ProtocolVersion.V5
            )
        );

    public void Dispose() => socket.Dispose();
}
