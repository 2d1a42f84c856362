namespace Loa.Mqtt.Packets;

/// <summary>The optional facts an MQTT 5 packet may carry, and which packet may carry which.</summary>
enum PropertyId : byte
{
    PayloadFormat = 0x01,
    MessageExpiry = 0x02,
    ContentType = 0x03,
    ResponseTopic = 0x08,
    CorrelationData = 0x09,
    SubscriptionIdentifier = 0x0B,
    SessionExpiry = 0x11,
    AssignedClientIdentifier = 0x12,
    ServerKeepAlive = 0x13,
    AuthenticationMethod = 0x15,
    AuthenticationData = 0x16,
    RequestProblemInformation = 0x17,
    WillDelay = 0x18,
    RequestResponseInformation = 0x19,
    ResponseInformation = 0x1A,
    ServerReference = 0x1C,
    ReasonString = 0x1F,
    ReceiveMaximum = 0x21,
    TopicAliasMaximum = 0x22,
    TopicAlias = 0x23,
    MaximumQos = 0x24,
    RetainAvailable = 0x25,
    UserProperty = 0x26,
    MaximumPacketSize = 0x27,
    WildcardSubscriptionAvailable = 0x28,
    SubscriptionIdentifierAvailable = 0x29,
    SharedSubscriptionAvailable = 0x2A,
}

static class PropertyTable
{
    const int Will = 1 << (int)PacketType.Reserved;
    const int Connect = 1 << (int)PacketType.Connect;
    const int Connack = 1 << (int)PacketType.Connack;
    const int Publish = 1 << (int)PacketType.Publish;
    const int Subscribe = 1 << (int)PacketType.Subscribe;
    const int Unsubscribe = 1 << (int)PacketType.Unsubscribe;
    const int Disconnect = 1 << (int)PacketType.Disconnect;
    const int Auth = 1 << (int)PacketType.Auth;
    const int Acknowledgements =
        1 << (int)PacketType.Puback
        | 1 << (int)PacketType.Pubrec
        | 1 << (int)PacketType.Pubrel
        | 1 << (int)PacketType.Pubcomp
        | 1 << (int)PacketType.Suback
        | 1 << (int)PacketType.Unsuback;
    const int Everywhere =
        Will | Connect | Connack | Publish | Subscribe | Unsubscribe | Disconnect | Auth | Acknowledgements;

    static readonly Dictionary<PropertyId, int> permitted = new()
    {
        [PropertyId.PayloadFormat] = Publish | Will,
        [PropertyId.MessageExpiry] = Publish | Will,
        [PropertyId.ContentType] = Publish | Will,
        [PropertyId.ResponseTopic] = Publish | Will,
        [PropertyId.CorrelationData] = Publish | Will,
        [PropertyId.SubscriptionIdentifier] = Publish | Subscribe,
        [PropertyId.SessionExpiry] = Connect | Connack | Disconnect,
        [PropertyId.AssignedClientIdentifier] = Connack,
        [PropertyId.ServerKeepAlive] = Connack,
        [PropertyId.AuthenticationMethod] = Connect | Connack | Auth,
        [PropertyId.AuthenticationData] = Connect | Connack | Auth,
        [PropertyId.RequestProblemInformation] = Connect,
        [PropertyId.WillDelay] = Will,
        [PropertyId.RequestResponseInformation] = Connect,
        [PropertyId.ResponseInformation] = Connack,
        [PropertyId.ServerReference] = Connack | Disconnect,
        [PropertyId.ReasonString] = Connack | Disconnect | Auth | Acknowledgements,
        [PropertyId.ReceiveMaximum] = Connect | Connack,
        [PropertyId.TopicAliasMaximum] = Connect | Connack,
        [PropertyId.TopicAlias] = Publish,
        [PropertyId.MaximumQos] = Connack,
        [PropertyId.RetainAvailable] = Connack,
        [PropertyId.UserProperty] = Everywhere,
        [PropertyId.MaximumPacketSize] = Connect | Connack,
        [PropertyId.WildcardSubscriptionAvailable] = Connack,
        [PropertyId.SubscriptionIdentifierAvailable] = Connack,
        [PropertyId.SharedSubscriptionAvailable] = Connack,
    };

    public static bool Permits(PacketType packet, PropertyId property) =>
        permitted.TryGetValue(property, out var packets) && (packets & (1 << (int)packet)) != 0;
}
