using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Loa.Mqtt.Packets;

/// <summary>What is written is read back the same, for every kind of packet in both dialects.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Connect_comes_back() =>
        Check(
            from version in Some.Version
            from id in Some.Text
            from topic in Some.Topic
            from payload in Some.Bytes
            from qos in Some.Qos
            from clean in Some.Bool
            from hasWill in Some.Bool
            from properties in Some.Properties(PacketType.Connect)
            from willProperties in Some.Properties(PacketType.Reserved)
            select (version, id, topic, payload, qos, clean, hasWill, properties, willProperties),
            c =>
            {
                var isV5 = c.version is ProtocolVersion.V5;
                var sent = new ConnectPacket
                {
                    ClientId = c.id,
                    Version = c.version,
                    CleanStart = c.clean,
                    KeepAliveSeconds = (ushort)c.payload.Length,
                    UserName = c.clean ? c.id : null,
                    Password = c.clean ? c.payload : null,
                    Properties = c.properties,
                    Will = c.hasWill
                        ? new Will
                        {
                            Topic = c.topic,
                            Payload = c.payload,
                            Qos = c.qos,
                            Retain = c.clean,
                            Properties = c.willProperties,
                        }
                        : null,
                };
                Assert.Equal(
                    ReasonCode.Success,
                    ConnectPacket.Read(FrameOf(Some.Written(sent.Write)), out var read, out var version)
                );
                Assert.Equal((byte)c.version, version);
                Assert.Equal(
                    (sent.ClientId, sent.CleanStart, sent.KeepAliveSeconds, sent.UserName),
                    (read!.ClientId, read.CleanStart, read.KeepAliveSeconds, read.UserName)
                );
                Assert.Equal(sent.Password, read.Password);
                Assert.Equal(
                    (sent.Will?.Topic, sent.Will?.Qos, sent.Will?.Retain),
                    (read.Will?.Topic, read.Will?.Qos, read.Will?.Retain)
                );
                Assert.Equal(sent.Will?.Payload, read.Will?.Payload);
                if (isV5)
                {
                    Assert.Equivalent(sent.Properties, read.Properties, strict: true);
                    Assert.Equivalent(sent.Will?.Properties, read.Will?.Properties, strict: true);
                }
            }
        );

    [Fact]
    public void Connack_comes_back() =>
        Check(
            from present in Some.Bool
            from reason in Some.Reason
            from properties in Some.Properties(PacketType.Connack)
            select new ConnackPacket
            {
                SessionPresent = present,
                Reason = reason,
                Properties = properties,
            },
            sent =>
            {
                var bytes = Some.Written(w => sent.Write(w, ProtocolVersion.V5));
                Assert.Equal(ReasonCode.Success, ConnackPacket.Read(FrameOf(bytes), out var read));
                Assert.Equivalent(sent, read, strict: true);
            }
        );

    [Fact]
    public void Publish_comes_back() =>
        Check(
            from version in Some.Version
            from topic in Some.Topic
            from payload in Some.Bytes
            from qos in Some.Qos
            from packetId in Some.PacketId
            from retain in Some.Bool
            from properties in Some.Properties(PacketType.Publish)
            select (version, topic, payload, qos, packetId, retain, properties),
            c =>
            {
                var sent = new PublishPacket
                {
                    Topic = Encoding.UTF8.GetBytes(c.topic),
                    Payload = c.payload,
                    Qos = c.qos,
                    PacketId = c.qos is Qos.AtMostOnce ? (ushort)0 : c.packetId,
                    Retain = c.retain,
                    Duplicate = c.retain && c.qos is not Qos.AtMostOnce,
                    Properties = c.properties,
                };
                var bytes = Some.Written(w => sent.Write(w, c.version));
                Assert.Equal(ReasonCode.Success, PublishPacket.Read(FrameOf(bytes), c.version, out var read));
                Assert.Equal(c.topic, Encoding.UTF8.GetString(read.Topic.Span));
                Assert.Equal(c.payload, read.Payload.ToArray());
                Assert.Equal(
                    (sent.Qos, sent.PacketId, sent.Retain, sent.Duplicate),
                    (read.Qos, read.PacketId, read.Retain, read.Duplicate)
                );
                if (c.version is ProtocolVersion.V5)
                    Assert.Equivalent(sent.Properties, read.Properties, strict: true);
            }
        );

    [Fact]
    public void Puback_comes_back() =>
        Check(
            from packetId in Some.PacketId
            from reason in Some.Reason
            from type in Gen.Elements(PacketType.Puback, PacketType.Pubrec, PacketType.Pubrel, PacketType.Pubcomp)
            select new AcknowledgementPacket(type, packetId, reason),
            sent =>
            {
                var bytes = new byte[AcknowledgementPacket.MaximumSize];
                var frame = FrameOf(bytes[..sent.Write(bytes)]);
                Assert.Equal(ReasonCode.Success, AcknowledgementPacket.Read(frame, ProtocolVersion.V5, out var read));
                Assert.Equal(sent, read);
            }
        );

    [Fact]
    public void Subscribe_and_unsubscribe_come_back() =>
        Check(
            from version in Some.Version
            from packetId in Some.PacketId
            from filters in Some.Topic.NonEmptyListOf()
            from qos in Some.Qos
            select (version, packetId, filters, qos),
            c =>
            {
                var wanted = c.filters.Select(f => new WantedFilter(f, c.qos, Options(c.version))).ToArray();
                var subscribe = new SubscribePacket { PacketId = c.packetId, Filters = wanted };
                var bytes = Some.Written(w => subscribe.Write(w, c.version));
                Assert.Equal(ReasonCode.Success, SubscribePacket.Read(FrameOf(bytes), c.version, out var read));
                Assert.Equal(wanted, read.Filters);
                Assert.Equal(c.packetId, read.PacketId);

                var unsubscribe = new UnsubscribePacket { PacketId = c.packetId, Filters = [.. c.filters] };
                bytes = Some.Written(w => unsubscribe.Write(w, c.version));
                Assert.Equal(ReasonCode.Success, UnsubscribePacket.Read(FrameOf(bytes), c.version, out var undone));
                Assert.Equal(c.filters, undone.Filters);
            }
        );

    [Fact]
    public void Suback_disconnect_and_auth_come_back() =>
        Check(
            from packetId in Some.PacketId
            from reasons in Some.Reason.NonEmptyListOf()
            from properties in Some.Properties(PacketType.Disconnect)
            select (packetId, reasons, properties),
            c =>
            {
                var suback = new SubackPacket { PacketId = c.packetId, Reasons = [.. c.reasons] };
                var bytes = Some.Written(w => suback.Write(w, ProtocolVersion.V5, PacketType.Suback));
                Assert.Equal(ReasonCode.Success, SubackPacket.Read(FrameOf(bytes), ProtocolVersion.V5, out var read));
                Assert.Equal(c.reasons, read.Reasons);

                var goodbye = new ReasonPacket { Reason = c.reasons[0], Properties = c.properties };
                bytes = Some.Written(w => goodbye.Write(w, PacketType.Disconnect));
                Assert.Equal(ReasonCode.Success, ReasonPacket.Read(FrameOf(bytes), ProtocolVersion.V5, out var said));
                Assert.Equivalent(goodbye, said, strict: true);
            }
        );

    static byte Options(ProtocolVersion version) => version is ProtocolVersion.V5 ? (byte)0b1011 : (byte)0;

    static Frame FrameOf(byte[] bytes)
    {
        Assert.Equal(FrameStatus.Complete, Frame.TryRead(bytes, int.MaxValue, out var frame, out var length));
        Assert.Equal(bytes.Length, length);
        return frame;
    }

    static void Check<T>(Gen<T> cases, Action<T> holds) =>
        Prop.ForAll(cases.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
