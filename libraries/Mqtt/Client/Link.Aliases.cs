using System.Text;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Client;

/// <summary>Topics of messages that are not kept, as numbers (MQTT 5.0, 3.3.2.3.4): said once on a connection, short ever after.</summary>
sealed partial class Link
{
    readonly Dictionary<string, ushort> shortened = [];
    readonly ushort mostAliases;

    /// <summary>Sends a QoS 0 message; its topic is shortened when the server can do that.</summary>
    public async ValueTask SendLive(string topic, PublishPacket packet, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            using var writer = new PacketWriter();
            var bytes = Shorten(topic, packet).Write(writer, ProtocolVersion.V5);
            if (bytes.Length > MaximumPacketSize)
                throw new MqttException(ReasonCode.PacketTooLarge, "The server does not take packets of this size.");
            await wire.Write(bytes);
            keepAlive.Sent();
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            throw Lost(why ?? new Disconnection(ReasonCode.UnspecifiedError, EndedBy.Network, failure));
        }
        finally
        {
            writing.Release();
        }
    }

    // While nobody else writes: a number must not overtake what says what it stands for.
    PublishPacket Shorten(string topic, PublishPacket packet)
    {
        var isKnown = shortened.TryGetValue(topic, out var alias);
        if (!isKnown && shortened.Count == mostAliases)
            return packet with { Topic = Encoding.UTF8.GetBytes(topic) };
        if (!isKnown)
            shortened[topic] = alias = (ushort)(shortened.Count + 1);
        var properties = ReferenceEquals(packet.Properties, Properties.None) ? new Properties() : packet.Properties;
        properties.TopicAlias = alias;
        return packet with { Topic = isKnown ? default : Encoding.UTF8.GetBytes(topic), Properties = properties };
    }
}
