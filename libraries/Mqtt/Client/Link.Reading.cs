using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Client;

sealed partial class Link
{
    // What the server's aliases stand for, by number.
    readonly Dictionary<ushort, byte[]> aliases = [];

    async Task Read()
    {
        while (true)
        {
            var (status, frame) = await wire.Next();
            if (status is FrameStatus.Incomplete)
                return;
            keepAlive.Heard();
            var fault = status switch
            {
                FrameStatus.Complete => Take(frame),
                FrameStatus.TooLarge => ReasonCode.PacketTooLarge,
                _ => ReasonCode.MalformedPacket,
            };
            if (why is not null)
                return;
            if (fault is ReasonCode.Success)
                continue;
            await Leave(fault);
            return;
        }
    }

    ReasonCode Take(Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Publish:
                return TakeMessage(frame);
            case PacketType.Puback or PacketType.Pubrec or PacketType.Pubrel or PacketType.Pubcomp:
                var fault = AcknowledgementPacket.Read(frame, ProtocolVersion.V5, out var step);
                if (fault is ReasonCode.Success)
                    Take(step);
                return fault;
            case PacketType.Suback or PacketType.Unsuback:
                fault = SubackPacket.Read(frame, ProtocolVersion.V5, out var suback);
                if (fault is ReasonCode.Success)
                    exchanges.Complete(suback.PacketId, frame.Type, suback.Reasons);
                return fault;
            case PacketType.Disconnect:
                fault = ReasonPacket.Read(frame, ProtocolVersion.V5, out var goodbye);
                if (fault is ReasonCode.Success)
                    Interlocked.CompareExchange(ref why, new(goodbye.Reason, EndedBy.Server), null);
                return fault;
            case PacketType.Pingresp:
                return ReasonCode.Success;
            default:
                return ReasonCode.ProtocolError;
        }
    }

    // MQTT 5.0, 4.3: the server's half of each exchange.
    void Take(AcknowledgementPacket step)
    {
        if (step.Type is PacketType.Pubrel)
        {
            var heard = exchanges.Unhear(step.PacketId);
            if (heard)
                inbox.Released();
            Next(PacketType.Pubcomp, step.PacketId, heard);
        }
        else if (step.Type is PacketType.Pubrec && step.Reason < ReasonCode.UnspecifiedError)
        {
            var release = new byte[AcknowledgementPacket.MaximumSize];
            var length = new AcknowledgementPacket(PacketType.Pubrel, step.PacketId).Write(release);
            Next(PacketType.Pubrel, step.PacketId, exchanges.Release(step.PacketId, release[..length]));
        }
        else if (exchanges.Complete(step.PacketId, step.Type, [step.Reason], step.Text))
        {
            GiveSlot();
        }
    }

    void Next(PacketType type, ushort packetId, bool known) =>
        steps.Writer.TryWrite(
            new AcknowledgementPacket(type, packetId, known ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound)
        );

    // Beside the callbacks, one of which may itself wait for such a step.
    async Task TakeSteps()
    {
        try
        {
            await foreach (var step in steps.Reader.ReadAllAsync(Ending))
                await Send(step);
        }
        catch (Exception loss) when (loss is MqttException or OperationCanceledException)
        {
            // What was not said is said again on the next connection.
        }
    }

    ReasonCode TakeMessage(Frame frame)
    {
        var fault = PublishPacket.Read(frame, ProtocolVersion.V5, out var packet);
        if (fault is not ReasonCode.Success)
            return fault;
        if (!TryResolve(packet, out var topic))
            return ReasonCode.TopicAliasInvalid;
        if (packet.Qos is Qos.ExactlyOnce && exchanges.HasHeard(packet.PacketId))
        {
            Next(PacketType.Pubrec, packet.PacketId, known: true);
            return ReasonCode.Success;
        }
        return inbox.Add(packet, topic) ? ReasonCode.Success : ReasonCode.ReceiveMaximumExceeded;
    }

    bool TryResolve(in PublishPacket packet, out byte[] topic)
    {
        topic = packet.Topic.ToArray();
        if (packet.Properties.TopicAlias is not { } alias)
            return true;
        if (alias > options.TopicAliases)
            return false;
        if (topic.Length > 0)
            aliases[alias] = topic;
        return aliases.TryGetValue(alias, out topic!);
    }
}
