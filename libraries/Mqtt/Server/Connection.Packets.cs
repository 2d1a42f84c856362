using System.Runtime.CompilerServices;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Server;

sealed partial class Connection
{
    /// <summary>False when the connection has ended.</summary>
    ValueTask<bool> Handle(Frame frame) =>
        frame.Type switch
        {
            PacketType.Publish => TakeMessage(frame),
            PacketType.Puback => new(TakeAcknowledgement(frame)),
            PacketType.Pingreq => new(AnswerPing(frame)),
            PacketType.Subscribe => new(TakeSubscription(frame)),
            PacketType.Unsubscribe => new(EndSubscription(frame)),
            PacketType.Disconnect => new(TakeLeave(frame)),
            PacketType.Auth => Reauthenticate(frame),
            PacketType.Reserved => new(Fail(ReasonCode.MalformedPacket)),
            _ => new(Fail(ReasonCode.ProtocolError)),
        };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<bool> TakeMessage(Frame frame)
    {
        var peer = guest!.Peer;
        var fault = PublishPacket.Read(frame, peer.Version, out var packet);
        if (fault is ReasonCode.Success)
            fault = Unsupported(packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);

        if (!context.Host.MayPublish(peer.Session.ClientId, packet.Topic.Span))
            return RefuseMessage(packet);

        context.Meters.Received();
        var message = new ReceivedMessage
        {
            TopicUtf8 = packet.Topic,
            Payload = packet.Payload,
            Qos = packet.Qos,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
        };
        hostAtWork = true;
        try
        {
            await context.Host.Receive(peer.Session.ClientId, message, context.Stopping);
        }
        catch (Exception failure)
        {
            HostFailed(failure);
            return false;
        }
        finally
        {
            HostDone();
        }
        return packet.Qos is Qos.AtMostOnce || Acknowledge(packet.PacketId, ReasonCode.Success);
    }

    static ReasonCode Unsupported(in PublishPacket packet) =>
        packet.Qos is Qos.ExactlyOnce ? ReasonCode.QosNotSupported
        : packet.Retain ? ReasonCode.RetainNotSupported
        : packet.Properties.TopicAlias is not null ? ReasonCode.TopicAliasInvalid
        : packet.Properties.SubscriptionIdentifier is not null ? ReasonCode.ProtocolError
        : ReasonCode.Success;

    // MQTT 3.1.1 cannot say no to a message; hanging up is its only honest answer.
    bool RefuseMessage(in PublishPacket packet)
    {
        context.Meters.RefusedMessage(ReasonCode.NotAuthorized);
        if (packet.Qos is Qos.AtMostOnce)
            return true;
        return guest!.Peer.Version is ProtocolVersion.V5
            ? Acknowledge(packet.PacketId, ReasonCode.NotAuthorized)
            : Fail(ReasonCode.NotAuthorized);
    }

    bool Acknowledge(ushort packetId, ReasonCode reason)
    {
        Span<byte> bytes = stackalloc byte[PubackPacket.MaximumSize];
        return Answer(bytes[..new PubackPacket(packetId, reason).Write(bytes)]);
    }

    bool TakeAcknowledgement(Frame frame)
    {
        var fault = PubackPacket.Read(frame, guest!.Peer.Version, out var packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);
        guest.Peer.Session.Acknowledge(packet.PacketId);
        return true;
    }

    bool AnswerPing(Frame frame) =>
        frame.Flags == 0 && frame.Body.IsEmpty ? Answer(PingPackets.Response) : Fail(ReasonCode.MalformedPacket);

    bool TakeSubscription(Frame frame)
    {
        var peer = guest!.Peer;
        var fault = SubscribePacket.Read(frame, peer.Version, out var packet);
        if (fault is ReasonCode.Success && packet.Properties.SubscriptionIdentifier is not null)
            fault = ReasonCode.SubscriptionIdentifiersNotSupported;
        if (fault is not ReasonCode.Success)
            return Fail(fault);

        var reasons = packet.Filters.Select(wanted => Subscribe(peer, wanted)).ToArray();
        using var writer = new PacketWriter();
        var answer = new SubackPacket { PacketId = packet.PacketId, Reasons = reasons };
        return Answer(answer.Write(writer, peer.Version, PacketType.Suback).Span);
    }

    ReasonCode Subscribe(Peer peer, WantedFilter wanted)
    {
        var session = peer.Session;
        if (TopicFilter.IsShared(wanted.Filter))
            return ReasonCode.SharedSubscriptionsNotSupported;
        if (!TopicFilter.IsValid(wanted.Filter))
            return ReasonCode.TopicFilterInvalid;
        if (!context.Host.MaySubscribe(session.ClientId, wanted.Filter))
            return ReasonCode.NotAuthorized;
        if (session.Filters.Length >= context.Options.MaximumSubscriptions)
            return ReasonCode.QuotaExceeded;

        var qos = wanted.Qos is Qos.AtMostOnce ? Qos.AtMostOnce : Qos.AtLeastOnce;
        return context.Sessions.Subscribe(session, this, wanted.Filter, qos)
            ? (ReasonCode)qos
            : ReasonCode.UnspecifiedError;
    }

    bool EndSubscription(Frame frame)
    {
        var peer = guest!.Peer;
        var fault = UnsubscribePacket.Read(frame, peer.Version, out var packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);

        var reasons = packet
            .Filters.Select(filter =>
                context.Sessions.Unsubscribe(peer.Session, this, filter)
                    ? ReasonCode.Success
                    : ReasonCode.NoSubscriptionExisted
            )
            .ToArray();
        using var writer = new PacketWriter();
        var answer = new SubackPacket { PacketId = packet.PacketId, Reasons = reasons };
        return Answer(answer.Write(writer, peer.Version, PacketType.Unsuback).Span);
    }

    bool TakeLeave(Frame frame)
    {
        var leaving = guest!;
        var fault = ReasonPacket.Read(frame, leaving.Peer.Version, out var packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);
        if (packet.Properties.SessionExpiry is { } seconds)
        {
            // A session that was to end with its connection cannot be prolonged at the door.
            if (leaving.SessionExpiry == TimeSpan.Zero && seconds > 0)
                return Fail(ReasonCode.ProtocolError);
            leaving.SessionExpiry = Handshake.Bounded(seconds, context.Options.MaximumSessionExpiry);
        }
        End(packet.Reason, EndedBy.Client);
        return false;
    }

    async ValueTask<bool> Reauthenticate(Frame frame)
    {
        var request = guest!.Request;
        var fault = ReasonPacket.Read(frame, guest.Peer.Version, out var packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);
        var begins = packet.Reason is ReasonCode.Reauthenticate && !request.Reauthenticating;
        var answers = packet.Reason is ReasonCode.ContinueAuthentication && request.Reauthenticating;
        if (request.AuthenticationMethod is null || !(begins || answers))
            return Fail(ReasonCode.ProtocolError);
        if (packet.Properties.AuthenticationMethod != request.AuthenticationMethod)
            return Fail(ReasonCode.BadAuthenticationMethod);

        Admission? admission = null;
        request.Reauthenticating = true;
        request.AuthenticationData = packet.Properties.AuthenticationData;
        var asked = await Ask(async host =>
            admission = begins
                ? await host.Admit(request, context.Stopping)
                : await host.Answer(request, request.AuthenticationData, context.Stopping)
        );
        if (!asked)
            return false;
        if (admission!.Kind is AdmissionKind.Refuse)
            return Fail(admission.Reason);

        request.Reauthenticating = admission.Kind is AdmissionKind.Challenge;
        using var writer = new PacketWriter();
        return Answer(Handshake.Authentication(request, admission).Write(writer, PacketType.Auth).Span);
    }

    bool Answer(ReadOnlySpan<byte> packet) => Outbox.Answer(packet) || Fail(ReasonCode.QuotaExceeded);
}
