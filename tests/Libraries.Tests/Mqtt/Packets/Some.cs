using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Loa.Mqtt.Packets;

/// <summary>Arbitrary lawful parts of packets.</summary>
static class Some
{
    public static readonly Gen<string> Text = Gen.Elements("a", "loa", "xã Tân Khai", "đ", "/", "x y", "🔊", "0")
        .ListOf()
        .Select(string.Concat);

    public static readonly Gen<string> Topic = Text.Select(text => "t" + text);

    public static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    public static readonly Gen<ushort> PacketId = Gen.Choose(1, ushort.MaxValue).Select(id => (ushort)id);

    public static readonly Gen<uint> Number = Gen.Choose(1, int.MaxValue).Select(n => (uint)n);

    public static readonly Gen<bool> Bool = Gen.Elements(true, false);

    public static readonly Gen<ProtocolVersion> Version = Gen.Elements(ProtocolVersion.V311, ProtocolVersion.V5);

    public static readonly Gen<Qos> Qos = Gen.Elements(Mqtt.Qos.AtMostOnce, Mqtt.Qos.AtLeastOnce, Mqtt.Qos.ExactlyOnce);

    public static readonly Gen<ReasonCode> Reason = Gen.Elements(Enum.GetValues<ReasonCode>());

    /// <summary>Every property this kind of packet may have, each there or not.</summary>
    public static Gen<Properties> Properties(PacketType packet) =>
        from text in Text
        from bytes in Bytes
        from number in Number
        from flag in Bool
        from mask in Gen.Choose(0, int.MaxValue)
        select Make(packet, text, bytes, number, flag, mask);

    static Properties Make(PacketType packet, string text, byte[] bytes, uint number, bool flag, int mask)
    {
        bool Has(PropertyId id) => PropertyTable.Permits(packet, id) && (mask & (1 << ((int)id % 31))) != 0;
        var number16 = (ushort)(number % ushort.MaxValue + 1);
        var bit = flag ? (byte)1 : (byte)0;
        var authenticates = Has(PropertyId.AuthenticationMethod);
        return new Properties
        {
            PayloadFormat = Has(PropertyId.PayloadFormat) ? bit : null,
            MessageExpiry = Has(PropertyId.MessageExpiry) ? number : null,
            ContentType = Has(PropertyId.ContentType) ? text : null,
            ResponseTopic = Has(PropertyId.ResponseTopic) ? "r" + text : null,
            CorrelationData = Has(PropertyId.CorrelationData) ? bytes : null,
            SubscriptionIdentifiers = Has(PropertyId.SubscriptionIdentifier) ? [number % 268_435_455 + 1] : null,
            SessionExpiry = Has(PropertyId.SessionExpiry) ? number : null,
            AssignedClientIdentifier = Has(PropertyId.AssignedClientIdentifier) ? text : null,
            ServerKeepAlive = Has(PropertyId.ServerKeepAlive) ? number16 : null,
            AuthenticationMethod = authenticates ? text : null,
            AuthenticationData = authenticates && Has(PropertyId.AuthenticationData) ? bytes : null,
            RequestProblemInformation = Has(PropertyId.RequestProblemInformation) ? flag : null,
            WillDelay = Has(PropertyId.WillDelay) ? number : null,
            RequestResponseInformation = Has(PropertyId.RequestResponseInformation) ? flag : null,
            ResponseInformation = Has(PropertyId.ResponseInformation) ? text : null,
            ServerReference = Has(PropertyId.ServerReference) ? text : null,
            ReasonString = Has(PropertyId.ReasonString) ? text : null,
            ReceiveMaximum = Has(PropertyId.ReceiveMaximum) ? number16 : null,
            TopicAliasMaximum = Has(PropertyId.TopicAliasMaximum) ? number16 : null,
            TopicAlias = Has(PropertyId.TopicAlias) ? number16 : null,
            MaximumQos = Has(PropertyId.MaximumQos) ? bit : null,
            RetainAvailable = Has(PropertyId.RetainAvailable) ? flag : null,
            User = Has(PropertyId.UserProperty) ? [new(text, "1"), new(text, "2")] : null,
            MaximumPacketSize = Has(PropertyId.MaximumPacketSize) ? number : null,
            WildcardSubscriptionAvailable = Has(PropertyId.WildcardSubscriptionAvailable) ? flag : null,
            SubscriptionIdentifierAvailable = Has(PropertyId.SubscriptionIdentifierAvailable) ? flag : null,
            SharedSubscriptionAvailable = Has(PropertyId.SharedSubscriptionAvailable) ? flag : null,
        };
    }

    /// <summary>A packet of any kind, whole.</summary>
    public static readonly Gen<byte[]> Packet = Gen.OneOf(
        from will in Properties(PacketType.Reserved)
        from properties in Properties(PacketType.Connect)
        from text in Topic
        select Written(w =>
            new ConnectPacket
            {
                ClientId = text,
                UserName = text,
                Will = new Will
                {
                    Topic = text,
                    Payload = [1, 2],
                    Properties = will,
                },
                Properties = properties,
            }.Write(w)
        ),
        from properties in Properties(PacketType.Publish)
        from topic in Topic
        from version in Version
        select Written(w =>
            new PublishPacket
            {
                Topic = Encoding.UTF8.GetBytes(topic),
                PacketId = 7,
                Qos = Mqtt.Qos.AtLeastOnce,
                Properties = properties,
            }.Write(w, version)
        ),
        from properties in Properties(PacketType.Subscribe)
        from filter in Topic
        select Written(w =>
            new SubscribePacket
            {
                PacketId = 9,
                Filters = [new WantedFilter(filter, Mqtt.Qos.AtLeastOnce)],
                Properties = properties,
            }.Write(w, ProtocolVersion.V5)
        ),
        from properties in Properties(PacketType.Auth)
        from reason in Reason
        select Written(w => new ReasonPacket { Reason = reason, Properties = properties }.Write(w, PacketType.Auth))
    );

    public static byte[] Written(Func<PacketWriter, ReadOnlyMemory<byte>> write)
    {
        using var writer = new PacketWriter();
        return write(writer).ToArray();
    }
}
