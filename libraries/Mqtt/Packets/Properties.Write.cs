namespace Loa.Mqtt.Packets;

sealed partial class Properties
{
    public void Write(PacketWriter writer)
    {
        var start = writer.Position;
        UInt32(writer, PropertyId.MessageExpiry, MessageExpiry);
        foreach (var subscription in SubscriptionIdentifiers ?? [])
        {
            writer.Byte((byte)PropertyId.SubscriptionIdentifier);
            writer.VariableInt((int)subscription);
        }
        UInt32(writer, PropertyId.SessionExpiry, SessionExpiry);
        Text(writer, PropertyId.AssignedClientIdentifier, AssignedClientIdentifier);
        UInt16(writer, PropertyId.ServerKeepAlive, ServerKeepAlive);
        Text(writer, PropertyId.AuthenticationMethod, AuthenticationMethod);
        Binary(writer, PropertyId.AuthenticationData, AuthenticationData);
        Flag(writer, PropertyId.RequestProblemInformation, RequestProblemInformation);
        UInt32(writer, PropertyId.WillDelay, WillDelay);
        Flag(writer, PropertyId.RequestResponseInformation, RequestResponseInformation);
        Text(writer, PropertyId.ResponseInformation, ResponseInformation);
        Text(writer, PropertyId.ServerReference, ServerReference);
        Text(writer, PropertyId.ReasonString, ReasonString);
        UInt16(writer, PropertyId.ReceiveMaximum, ReceiveMaximum);
        UInt16(writer, PropertyId.TopicAliasMaximum, TopicAliasMaximum);
        UInt16(writer, PropertyId.TopicAlias, TopicAlias);
        Byte(writer, PropertyId.MaximumQos, MaximumQos);
        Flag(writer, PropertyId.RetainAvailable, RetainAvailable);
        UInt32(writer, PropertyId.MaximumPacketSize, MaximumPacketSize);
        Flag(writer, PropertyId.WildcardSubscriptionAvailable, WildcardSubscriptionAvailable);
        Flag(writer, PropertyId.SubscriptionIdentifierAvailable, SubscriptionIdentifierAvailable);
        Flag(writer, PropertyId.SharedSubscriptionAvailable, SharedSubscriptionAvailable);
        WriteForwarded(writer);
        writer.PrefixLength(start);
    }

    /// <summary>Only what goes with a message from its sender to whoever hears it, the same for all of them.</summary>
    public void WriteForwarded(PacketWriter writer)
    {
        Byte(writer, PropertyId.PayloadFormat, PayloadFormat);
        Text(writer, PropertyId.ContentType, ContentType);
        Text(writer, PropertyId.ResponseTopic, ResponseTopic);
        Binary(writer, PropertyId.CorrelationData, CorrelationData);
        foreach (var (name, value) in User ?? [])
        {
            Text(writer, PropertyId.UserProperty, name);
            writer.Utf8(value);
        }
    }

    static void Byte(PacketWriter writer, PropertyId id, byte? value)
    {
        if (value is not { } known)
            return;
        writer.Byte((byte)id);
        writer.Byte(known);
    }

    static void Flag(PacketWriter writer, PropertyId id, bool? value)
    {
        if (value is not { } known)
            return;
        writer.Byte((byte)id);
        writer.Flag(known);
    }

    static void UInt16(PacketWriter writer, PropertyId id, ushort? value)
    {
        if (value is not { } known)
            return;
        writer.Byte((byte)id);
        writer.UInt16(known);
    }

    static void UInt32(PacketWriter writer, PropertyId id, uint? value)
    {
        if (value is not { } known)
            return;
        writer.Byte((byte)id);
        writer.UInt32(known);
    }

    static void Text(PacketWriter writer, PropertyId id, string? value)
    {
        if (value is null)
            return;
        writer.Byte((byte)id);
        writer.Utf8(value);
    }

    static void Binary(PacketWriter writer, PropertyId id, byte[]? value)
    {
        if (value is null)
            return;
        writer.Byte((byte)id);
        writer.Binary(value);
    }
}
