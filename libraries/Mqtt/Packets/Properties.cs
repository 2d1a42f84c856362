namespace Loa.Mqtt.Packets;

/// <summary>The optional facts of one MQTT 5 packet; what was not sent is null.</summary>
sealed partial class Properties
{
    public static readonly Properties None = new();

    /// <summary>None were sent.</summary>
    public bool AreSilent() => ReferenceEquals(this, None);

    public byte? PayloadFormat { get; set; }
    public uint? MessageExpiry { get; set; }
    public string? ContentType { get; set; }
    public string? ResponseTopic { get; set; }
    public byte[]? CorrelationData { get; set; }
    public List<uint>? SubscriptionIdentifiers { get; set; }
    public uint? SessionExpiry { get; set; }
    public string? AssignedClientIdentifier { get; set; }
    public ushort? ServerKeepAlive { get; set; }
    public string? AuthenticationMethod { get; set; }
    public byte[]? AuthenticationData { get; set; }
    public bool? RequestProblemInformation { get; set; }
    public uint? WillDelay { get; set; }
    public bool? RequestResponseInformation { get; set; }
    public string? ResponseInformation { get; set; }
    public string? ServerReference { get; set; }
    public string? ReasonString { get; set; }
    public ushort? ReceiveMaximum { get; set; }
    public ushort? TopicAliasMaximum { get; set; }
    public ushort? TopicAlias { get; set; }
    public byte? MaximumQos { get; set; }
    public bool? RetainAvailable { get; set; }
    public List<KeyValuePair<string, string>>? User { get; set; }
    public uint? MaximumPacketSize { get; set; }
    public bool? WildcardSubscriptionAvailable { get; set; }
    public bool? SubscriptionIdentifierAvailable { get; set; }
    public bool? SharedSubscriptionAvailable { get; set; }
}
