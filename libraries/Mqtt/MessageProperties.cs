using Loa.Mqtt.Packets;

namespace Loa.Mqtt;

/// <summary>
/// What a sender may say about a message beside its payload; the server passes it on unaltered (MQTT 5.0, 3.3.2.3).
/// Clients of 3.1.1 neither say nor hear it.
/// </summary>
public sealed record MessageProperties
{
    public static readonly MessageProperties None = new();

    /// <summary>The payload is UTF-8 text (payload format indicator).</summary>
    public bool IsText { get; init; }

    /// <summary>After this long nobody wants to hear it any more; the receiver is told how much of it is left.</summary>
    public TimeSpan? Expiry { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>In the order in which the sender wrote them; a name may come again.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> User { get; init; } = [];

    internal static MessageProperties From(Properties properties) =>
        properties.AreSilent()
            ? None
            : new MessageProperties
            {
                IsText = properties.PayloadFormat == 1,
                Expiry = properties.MessageExpiry is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                ContentType = properties.ContentType,
                ResponseTopic = properties.ResponseTopic,
                CorrelationData = properties.CorrelationData,
                User = properties.User is { } user ? user : [],
            };

    internal Properties ToProperties() =>
        ReferenceEquals(this, None)
            ? Properties.None
            : new Properties
            {
                PayloadFormat = IsText ? (byte)1 : null,
                MessageExpiry = Expiry is { } span ? (uint)Math.Clamp(span.TotalSeconds, 0, uint.MaxValue) : null,
                ContentType = ContentType,
                ResponseTopic = ResponseTopic,
                CorrelationData = CorrelationData?.ToArray(),
                User = User.Count > 0 ? [.. User] : null,
            };
}
