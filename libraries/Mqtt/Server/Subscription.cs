using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>A filter of one session and how its messages are wanted.</summary>
readonly record struct Subscription(string Filter, Qos Qos, bool NoLocal, bool RetainAsPublished, byte[]? Identifier)
{
    /// <summary>The identifier is encoded once, as the property that goes with each message.</summary>
    public static Subscription Of(WantedFilter wanted, uint? identifier)
    {
        byte[]? encoded = null;
        if (identifier is { } number)
        {
            Span<byte> room = stackalloc byte[5];
            room[0] = (byte)PropertyId.SubscriptionIdentifier;
            encoded = room[..(1 + PacketWriter.VariableInt(room[1..], (int)number))].ToArray();
        }
        return new(wanted.Filter, wanted.Qos, wanted.NoLocal, wanted.RetainAsPublished, encoded);
    }
}
