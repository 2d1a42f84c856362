using System.Runtime.CompilerServices;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Server;

sealed partial class Connection
{
    // QoS 1 messages whose PUBACK is not written yet.
    int unacknowledged;

    // What the client's aliases stand for, by number.
    byte[]?[]? aliases;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<bool> TakeMessage(Frame frame)
    {
        var sender = client!;
        var fault = PublishPacket.Read(frame, sender.Version, out var packet);
        if (fault is ReasonCode.Success)
            fault = Unsupported(packet);
        if (fault is ReasonCode.Success)
            fault = Resolve(packet, out packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);

        throttle.Message();
        if (packet.Qos is Qos.ExactlyOnce)
        {
            var (known, held) = sender.Session.Holds(packet.PacketId);
            if (known)
                return Acknowledge(packet, ReasonCode.Success);
            if (held >= MostHeld(sender))
                return Fail(ReasonCode.ReceiveMaximumExceeded);
        }
        else if (packet.Qos is Qos.AtLeastOnce && ++unacknowledged > context.Options.ReceiveMaximum)
        {
            if (sender.Version is ProtocolVersion.V5)
                return Fail(ReasonCode.ReceiveMaximumExceeded);
            // It was never told of a limit: it is answered before more is read.
            SendQueue.Flush();
            unacknowledged = 0;
        }

        if (!context.Host.MayPublish(sender.Session.ClientId, packet.Topic.Span))
            return RefuseMessage(packet, ReasonCode.NotAuthorized);

        context.Meters.Received();
        var message = new ReceivedMessage
        {
            TopicUtf8 = packet.Topic,
            Payload = packet.Payload,
            Qos = packet.Qos,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
            Properties = MessageProperties.From(packet.Properties),
        };
        atWork = true;
        Objection? objection;
        try
        {
            objection = await context.Host.Take(sender.Session.ClientId, message, context.Stopping);
        }
        catch (Exception failure)
        {
            HostFailed(failure);
            return false;
        }
        finally
        {
            WorkDone();
        }
        if (objection is not null)
            return Object(packet, objection);
        if ((context.Options.Relays || packet.Retain) && !Carry(sender, packet))
            return RefuseMessage(packet, ReasonCode.QuotaExceeded);
        if (packet.Qos is Qos.ExactlyOnce)
            sender.Session.Hold(packet.PacketId);
        return packet.Qos is Qos.AtMostOnce || Acknowledge(packet, ReasonCode.Success);
    }

    // A client of 3.1.1 knows no limit; of what it has under way only the numbers are kept.
    int MostHeld(ConnectedClient sender) =>
        sender.Version is ProtocolVersion.V5 ? context.Options.ReceiveMaximum : ushort.MaxValue;

    bool Carry(ConnectedClient sender, in PublishPacket packet) =>
        context.Router.Carry(
            sender.Session,
            packet.Topic.Span,
            packet.Payload.Span,
            packet.Qos,
            packet.Retain,
            packet.Properties
        );

    ReasonCode Unsupported(in PublishPacket packet) =>
        packet.Retain && !context.Retained.IsOffered ? ReasonCode.RetainNotSupported
        : packet.Properties.SubscriptionIdentifiers is not null ? ReasonCode.ProtocolError
        : packet.Topic.Length > TopicName.Longest ? ReasonCode.TopicNameInvalid
        : ReasonCode.Success;

    // MQTT 5.0, 3.3.2.3.4: with a topic an alias is set, without one it is meant.
    ReasonCode Resolve(in PublishPacket packet, out PublishPacket resolved)
    {
        resolved = packet;
        if (packet.Properties.TopicAlias is not { } alias)
            return ReasonCode.Success;
        if (alias > context.Options.TopicAliases)
            return ReasonCode.TopicAliasInvalid;
        aliases ??= new byte[]?[context.Options.TopicAliases];
        ref var known = ref aliases[alias - 1];
        if (!packet.Topic.IsEmpty)
            known = packet.Topic.ToArray();
        if (known is null)
            return ReasonCode.ProtocolError;
        resolved = packet with { Topic = known };
        return ReasonCode.Success;
    }

    // MQTT 3.1.1 cannot say no to a message; hanging up is its only honest answer.
    bool RefuseMessage(in PublishPacket packet, ReasonCode reason)
    {
        context.Meters.RefusedMessage(reason);
        if (packet.Qos is Qos.AtMostOnce)
            return true;
        return client!.Version is ProtocolVersion.V5 ? Acknowledge(packet, reason) : Fail(reason);
    }

    // Unlike a message that it may not send, one that cannot be read is no reason to hang up on a client of 3.1.1.
    bool Object(in PublishPacket packet, Objection objection)
    {
        context.Meters.RefusedMessage(objection.Reason);
        if (packet.Qos is Qos.AtMostOnce)
            return true;
        if (client!.Version is not ProtocolVersion.V5)
            return Acknowledge(packet, ReasonCode.Success);
        if (!client.WantsReasons || objection.Text is not { } text)
            return Acknowledge(packet, objection.Reason);
        using var writer = new PacketWriter();
        var full = Acknowledgement(packet, objection.Reason).Write(writer, text).Span;
        return full.Length > client.MaximumPacket ? Acknowledge(packet, objection.Reason) : Answer(full);
    }

    bool Acknowledge(in PublishPacket packet, ReasonCode reason) => Answer(Acknowledgement(packet, reason));

    static AcknowledgementPacket Acknowledgement(in PublishPacket packet, ReasonCode reason) =>
        new(packet.Qos is Qos.ExactlyOnce ? PacketType.Pubrec : PacketType.Puback, packet.PacketId, reason);

    bool Answer(AcknowledgementPacket packet)
    {
        Span<byte> bytes = stackalloc byte[AcknowledgementPacket.MaximumSize];
        return Answer(bytes[..packet.Write(bytes, client!.Version)]);
    }

    // MQTT 5.0, 4.3: what ends a QoS 1 message, and the two steps by which either side forgets a QoS 2 message.
    bool TakeAcknowledgement(Frame frame)
    {
        var fault = AcknowledgementPacket.Read(frame, client!.Version, out var packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);
        var session = client.Session;
        switch (packet.Type)
        {
            case PacketType.Puback:
                session.Acknowledge(packet.PacketId);
                return true;
            case PacketType.Pubrec:
                return session.Receive(packet.PacketId, packet.Reason) is not { } answer
                    || Answer(new AcknowledgementPacket(PacketType.Pubrel, packet.PacketId, answer));
            case PacketType.Pubrel:
                var known = session.Release(packet.PacketId);
                var reason = known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound;
                return Answer(new AcknowledgementPacket(PacketType.Pubcomp, packet.PacketId, reason));
            default:
                session.Complete(packet.PacketId);
                return true;
        }
    }
}
