using Loa.Mqtt.Packets;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Client;

/// <summary>The client's side of admission: CONNECT, the answers to challenges, CONNACK.</summary>
static class Greeting
{
    public static async Task<ConnackPacket> Run(Wire wire, MqttClientOptions options, CancellationToken cancel)
    {
        using (var writer = new PacketWriter())
            await wire.Write(Connect(options).Write(writer));

        while (true)
        {
            var (status, frame) = await wire.Next();
            if (status is FrameStatus.Incomplete)
                throw new MqttException(
                    ReasonCode.UnspecifiedError,
                    "The server closed the connection before CONNACK."
                );
            if (status is not FrameStatus.Complete)
                throw Nonsense();

            switch (frame.Type)
            {
                case PacketType.Connack:
                    return Accepted(frame);
                case PacketType.Auth:
                    await Answer(wire, frame, options, cancel);
                    break;
                case PacketType.Disconnect
                    when ReasonPacket.Read(frame, ProtocolVersion.V5, out var packet) is ReasonCode.Success:
                    throw Refused(packet.Reason);
                default:
                    throw Nonsense();
            }
        }
    }

    static ConnectPacket Connect(MqttClientOptions options) =>
        new()
        {
            ClientId = options.ClientId,
            CleanStart = options.CleanStart,
            KeepAliveSeconds = (ushort)Math.Clamp(options.KeepAlive.TotalSeconds, 0, ushort.MaxValue),
            UserName = options.UserName,
            Password = options.Password,
            Will = options.Will is { } will ? Left(will) : null,
            Properties = new Properties
            {
                SessionExpiry = (uint)Math.Clamp(options.SessionExpiry.TotalSeconds, 0, uint.MaxValue),
                ReceiveMaximum = options.ReceiveMaximum,
                MaximumPacketSize = (uint)options.MaximumPacketSize,
                TopicAliasMaximum = options.TopicAliases > 0 ? options.TopicAliases : null,
                AuthenticationMethod = options.AuthenticationMethod,
            },
        };

    static Will Left(ClientWill will)
    {
        var properties = will.Properties == MessageProperties.None ? new Properties() : will.Properties.ToProperties();
        properties.WillDelay = (uint)will.Delay.TotalSeconds;
        return new Will
        {
            Topic = will.Topic,
            Payload = will.Payload,
            Qos = will.Qos,
            Retain = will.Retain,
            Properties = properties,
        };
    }

    static ConnackPacket Accepted(Frame frame)
    {
        if (ConnackPacket.Read(frame, out var connack) is not ReasonCode.Success)
            throw Nonsense();
        return connack.Reason is ReasonCode.Success ? connack : throw Refused(connack.Reason);
    }

    static async Task Answer(Wire wire, Frame frame, MqttClientOptions options, CancellationToken cancel)
    {
        if (
            ReasonPacket.Read(frame, ProtocolVersion.V5, out var challenge) is not ReasonCode.Success
            || challenge.Reason is not ReasonCode.ContinueAuthentication
            || challenge.Properties.AuthenticationMethod != options.AuthenticationMethod
            || options.Authenticate is null
        )
            throw Nonsense();

        var answer = await options.Authenticate(challenge.Properties.AuthenticationData, cancel);
        using var writer = new PacketWriter();
        var reply = new ReasonPacket
        {
            Reason = ReasonCode.ContinueAuthentication,
            Properties = new Properties
            {
                AuthenticationMethod = options.AuthenticationMethod,
                AuthenticationData = answer,
            },
        };
        await wire.Write(reply.Write(writer, PacketType.Auth));
    }

    static MqttException Refused(ReasonCode reason) => new(reason, $"The server refused the connection: {reason}.");

    static MqttException Nonsense() =>
        new(ReasonCode.ProtocolError, "The server sent something else than MQTT 5 has before CONNACK.");
}
