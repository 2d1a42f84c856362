namespace Loa.Mqtt.Packets;

/// <summary>The fifteen kinds of packet that MQTT knows, by their number on the wire.</summary>
enum PacketType : byte
{
    // Number 0 is reserved on the wire; in the table of permitted properties it stands for the will.
    Reserved = 0,
    Connect = 1,
    Connack = 2,
    Publish = 3,
    Puback = 4,
    Pubrec = 5,
    Pubrel = 6,
    Pubcomp = 7,
    Subscribe = 8,
    Suback = 9,
    Unsubscribe = 10,
    Unsuback = 11,
    Pingreq = 12,
    Pingresp = 13,
    Disconnect = 14,
    Auth = 15,
}
