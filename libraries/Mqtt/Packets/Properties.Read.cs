using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Packets;

sealed partial class Properties
{
    /// <summary>Reads the properties a packet of this kind may have; a fault is left in the reader.</summary>
    public static Properties Read(ref PacketReader reader, PacketType packet)
    {
        var length = (int)reader.VariableInt();
        if (length == 0 || reader.Failed)
            return None;
        if (length > reader.Left)
        {
            reader.Fail(ReasonCode.MalformedPacket);
            return None;
        }

        var end = reader.Position + length;
        var properties = new Properties();
        var seen = 0UL;
        while (reader.Position < end && !reader.Failed)
        {
            var id = (PropertyId)reader.Byte();
            if (!PropertyTable.Permits(packet, id))
                reader.Fail(Enum.IsDefined(id) ? ReasonCode.ProtocolError : ReasonCode.MalformedPacket);
            else if ((seen & (1UL << (int)id)) != 0 && !MayRepeat(packet, id))
                reader.Fail(ReasonCode.ProtocolError);
            else
                properties.Read(ref reader, id);
            seen |= 1UL << ((int)id & 63);
        }

        if (!reader.Failed && reader.Position != end)
            reader.Fail(ReasonCode.MalformedPacket);
        if (!reader.Failed && properties.AuthenticationData is not null && properties.AuthenticationMethod is null)
            reader.Fail(ReasonCode.ProtocolError);
        return properties;
    }

    static bool MayRepeat(PacketType packet, PropertyId id) =>
        id is PropertyId.UserProperty || (id is PropertyId.SubscriptionIdentifier && packet is PacketType.Publish);

    void Read(ref PacketReader reader, PropertyId id)
    {
        switch (id)
        {
            case PropertyId.PayloadFormat:
                PayloadFormat = reader.Flag() ? (byte)1 : (byte)0;
                break;
            case PropertyId.MessageExpiry:
                MessageExpiry = reader.UInt32();
                break;
            case PropertyId.ContentType:
                ContentType = reader.String();
                break;
            case PropertyId.ResponseTopic:
                ResponseTopic = reader.String();
                // It is to be published under, so it names one topic (MQTT 5.0, 3.3.2.3.5).
                if (!reader.Failed && !TopicName.IsValid(ResponseTopic))
                    reader.Fail(ReasonCode.ProtocolError);
                break;
            case PropertyId.CorrelationData:
                CorrelationData = reader.Binary().ToArray();
                break;
            case PropertyId.SubscriptionIdentifier:
                (SubscriptionIdentifiers ??= []).Add(NotZero(ref reader, reader.VariableInt()));
                break;
            case PropertyId.SessionExpiry:
                SessionExpiry = reader.UInt32();
                break;
            case PropertyId.AssignedClientIdentifier:
                AssignedClientIdentifier = reader.String();
                break;
            case PropertyId.ServerKeepAlive:
                ServerKeepAlive = reader.UInt16();
                break;
            case PropertyId.AuthenticationMethod:
                AuthenticationMethod = reader.String();
                break;
            case PropertyId.AuthenticationData:
                AuthenticationData = reader.Binary().ToArray();
                break;
            case PropertyId.RequestProblemInformation:
                RequestProblemInformation = reader.Flag();
                break;
            case PropertyId.WillDelay:
                WillDelay = reader.UInt32();
                break;
            case PropertyId.RequestResponseInformation:
                RequestResponseInformation = reader.Flag();
                break;
            case PropertyId.ResponseInformation:
                ResponseInformation = reader.String();
                break;
            case PropertyId.ServerReference:
                ServerReference = reader.String();
                break;
            case PropertyId.ReasonString:
                ReasonString = reader.String();
                break;
            case PropertyId.ReceiveMaximum:
                ReceiveMaximum = (ushort)NotZero(ref reader, reader.UInt16());
                break;
            case PropertyId.TopicAliasMaximum:
                TopicAliasMaximum = reader.UInt16();
                break;
            case PropertyId.TopicAlias:
                TopicAlias = reader.UInt16();
                if (TopicAlias == 0)
                    reader.Fail(ReasonCode.TopicAliasInvalid);
                break;
            case PropertyId.MaximumQos:
                MaximumQos = reader.Flag() ? (byte)1 : (byte)0;
                break;
            case PropertyId.RetainAvailable:
                RetainAvailable = reader.Flag();
                break;
            case PropertyId.UserProperty:
                (User ??= []).Add(new(reader.String(), reader.String()));
                break;
            case PropertyId.MaximumPacketSize:
                MaximumPacketSize = NotZero(ref reader, reader.UInt32());
                break;
            case PropertyId.WildcardSubscriptionAvailable:
                WildcardSubscriptionAvailable = reader.Flag();
                break;
            case PropertyId.SubscriptionIdentifierAvailable:
                SubscriptionIdentifierAvailable = reader.Flag();
                break;
            default:
                SharedSubscriptionAvailable = reader.Flag();
                break;
        }
    }

    static uint NotZero(ref PacketReader reader, uint value)
    {
        if (value == 0)
            reader.Fail(ReasonCode.ProtocolError);
        return value;
    }
}
