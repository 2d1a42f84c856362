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
            PacketType.Puback or PacketType.Pubrec or PacketType.Pubrel or PacketType.Pubcomp => new(
                TakeAcknowledgement(frame)
            ),
            PacketType.Pingreq => new(AnswerPing(frame)),
            PacketType.Subscribe => new(TakeSubscription(frame)),
            PacketType.Unsubscribe => new(EndSubscription(frame)),
            PacketType.Disconnect => new(TakeLeave(frame)),
            PacketType.Auth => Reauthenticate(frame),
            PacketType.Reserved => new(Fail(ReasonCode.MalformedPacket)),
            _ => new(Fail(ReasonCode.ProtocolError)),
        };

    bool AnswerPing(Frame frame) =>
        frame.Flags == 0 && frame.Body.IsEmpty ? Answer(PingPackets.Response) : Fail(ReasonCode.MalformedPacket);

    bool TakeSubscription(Frame frame)
    {
        var fault = SubscribePacket.Read(frame, client!.Version, out var packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);

        throttle.Message();
        var identifier = packet.Properties.SubscriptionIdentifiers is [var number, ..] ? number : (uint?)null;
        var reasons = packet.Filters.Select(wanted => Subscribe(client, wanted, identifier)).ToArray();
        using var writer = new PacketWriter();
        var answer = new SubackPacket { PacketId = packet.PacketId, Reasons = reasons };
        return Answer(answer.Write(writer, client.Version, PacketType.Suback).Span);
    }

    ReasonCode Subscribe(ConnectedClient subscriber, WantedFilter wanted, uint? identifier)
    {
        var session = subscriber.Session;
        if (TopicFilter.IsShared(wanted.Filter))
            return ReasonCode.SharedSubscriptionsNotSupported;
        if (!TopicFilter.IsValid(wanted.Filter))
            return ReasonCode.TopicFilterInvalid;
        if (!context.Host.MaySubscribe(session.ClientId, wanted.Filter))
            return ReasonCode.NotAuthorized;
        if (session.Subscriptions.Length >= context.Options.MaximumSubscriptions && !session.Has(wanted.Filter))
            return ReasonCode.QuotaExceeded;

        var subscription = Subscription.Of(wanted, identifier);
        if (!context.Sessions.Subscribe(session, this, subscription, out var isNew))
            return ReasonCode.UnspecifiedError;
        if (wanted.RetainHandling is RetainHandling.Always || (isNew && wanted.RetainHandling is RetainHandling.IfNew))
            session.OfferRetained(subscription, context.Retained.Find(wanted.Filter));
        return (ReasonCode)wanted.Qos;
    }

    bool EndSubscription(Frame frame)
    {
        var fault = UnsubscribePacket.Read(frame, client!.Version, out var packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);

        throttle.Message();
        var reasons = packet
            .Filters.Select(filter =>
                context.Sessions.Unsubscribe(client.Session, this, filter)
                    ? ReasonCode.Success
                    : ReasonCode.NoSubscriptionExisted
            )
            .ToArray();
        using var writer = new PacketWriter();
        var answer = new SubackPacket { PacketId = packet.PacketId, Reasons = reasons };
        return Answer(answer.Write(writer, client.Version, PacketType.Unsuback).Span);
    }

    bool TakeLeave(Frame frame)
    {
        var leaving = client!;
        var fault = ReasonPacket.Read(frame, leaving.Version, out var packet);
        if (fault is not ReasonCode.Success)
            return Fail(fault);
        if (packet.Properties.SessionExpiry is { } seconds)
        {
            // A session that was to end with its connection cannot be prolonged by its DISCONNECT.
            if (leaving.SessionExpiry == TimeSpan.Zero && seconds > 0)
                return Fail(ReasonCode.ProtocolError);
            leaving.SessionExpiry = Handshake.Bounded(seconds, context.Options.MaximumSessionExpiry);
        }
        End(packet.Reason, EndedBy.Client);
        return false;
    }

    // The client said how much it takes; an answer that is larger cannot be given (MQTT 5.0, MQTT-3.1.2-24).
    bool Answer(ReadOnlySpan<byte> packet) =>
        packet.Length > client!.MaximumPacket
            ? Fail(ReasonCode.PacketTooLarge)
            : SendQueue.Answer(packet) || Fail(ReasonCode.QuotaExceeded);
}
