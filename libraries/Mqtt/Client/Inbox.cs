using System.Threading.Channels;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Client;

/// <summary>Messages waiting for the client's callback, so that a callback may itself wait for the server.</summary>
sealed class Inbox(MqttClientOptions options, Exchanges exchanges)
{
    readonly record struct Letter(ReceivedMessage Message, ushort PacketId);

    readonly Channel<Letter> letters = Channel.CreateUnbounded<Letter>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }
    );
    int unacknowledged;
    int live;

    /// <summary>False when the server sends more QoS 1 and 2 messages than it was allowed to.</summary>
    public bool Add(in PublishPacket packet, ReadOnlyMemory<byte> topic)
    {
        if (packet.Qos is Qos.AtMostOnce)
        {
            if (Interlocked.Increment(ref live) > options.ReceiveMaximum)
            {
                Interlocked.Decrement(ref live);
                return true;
            }
        }
        else if (Interlocked.Increment(ref unacknowledged) > options.ReceiveMaximum)
        {
            return false;
        }

        var message = new ReceivedMessage
        {
            TopicUtf8 = topic,
            Payload = packet.Payload.ToArray(),
            Qos = packet.Qos,
            Retain = packet.Retain,
            Duplicate = packet.Duplicate,
            Properties = MessageProperties.From(packet.Properties),
            Subscriptions = packet.Properties.SubscriptionIdentifiers?.ConvertAll(id => (int)id) ?? [],
        };
        letters.Writer.TryWrite(new Letter(message, packet.PacketId));
        return true;
    }

    /// <summary>A QoS 2 message has run its course.</summary>
    public void Released() => Interlocked.Decrement(ref unacknowledged);

    public void Close() => letters.Writer.TryComplete();

    /// <summary>Hands out until the link ends; what then still waits was not acknowledged and comes again.</summary>
    public async Task Run(Link link)
    {
        try
        {
            await foreach (var letter in letters.Reader.ReadAllAsync(link.Ending))
            {
                await options.Received(letter.Message, link.Ending);
                if (letter.Message.Qos is Qos.AtMostOnce)
                {
                    Interlocked.Decrement(ref live);
                    continue;
                }

                if (letter.Message.Qos is Qos.ExactlyOnce)
                {
                    // It stays in the server's window until it is released.
                    exchanges.Hear(letter.PacketId);
                    await link.Send(new AcknowledgementPacket(PacketType.Pubrec, letter.PacketId));
                    continue;
                }

                // Before the acknowledgement leaves: the server may send the next one at once.
                Interlocked.Decrement(ref unacknowledged);
                await link.Send(new AcknowledgementPacket(PacketType.Puback, letter.PacketId));
            }
        }
        catch (Exception failure)
        {
            // When the link has ended before, this is its echo and changes nothing.
            await link.Leave(ReasonCode.ImplementationSpecificError, failure);
        }
    }
}
