using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>How a speaker fares. The first on a connection tells all that it can measure; then only what has changed.</summary>
/// <param name="Battery">Charge 0–100.</param>
/// <param name="Temperature">°C inside the cabinet.</param>
/// <param name="Signal">dBm of the radio link.</param>
/// <param name="ClockOffset">How far its own clock was off when last compared with the server's.</param>
/// <param name="StorageFree">Bytes.</param>
/// <param name="Horns">The level of each horn, 0–100.</param>
public sealed record HealthMessage(
    DateTimeOffset At,
    bool? Amplifier = null,
    bool? Mains = null,
    int? Battery = null,
    int? Temperature = null,
    int? Signal = null,
    LinkKind? Link = null,
    [property: JsonPropertyName("clock_ms"), JsonConverter(typeof(Milliseconds))] TimeSpan? ClockOffset = null,
    long? StorageFree = null,
    SoundState? Sound = null,
    bool? Paused = null,
    IReadOnlyList<int>? Horns = null
) : AirMessage<HealthMessage>, IAirMessage<HealthMessage>
{
    public static int MaxBytes => 2 * 1024;

    public static JsonTypeInfo<HealthMessage> Shape => AirJson.Default.HealthMessage;

    /// <summary>What goes over the air: nothing at all when all is as it was, for that is what a speaker says most of its life.</summary>
    public byte[] Told() => this == new HealthMessage(At) ? [] : ToBytes();

    /// <param name="at">When it came.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static HealthMessage? Heard(ReadOnlySpan<byte> payload, DateTimeOffset at) =>
        payload.IsEmpty ? new(at)
        : TryRead(payload, out var told) ? told
        : null;

    public bool IsWithinBounds() =>
        Bounds.IsLevel(Battery)
        && Temperature is null or (>= -60 and <= 150)
        && Signal is null or (>= -200 and <= 0)
        && StorageFree is null or >= 0
        && Bounds.FewWith(Horns, Bounds.Horns, level => Bounds.IsLevel(level));
}

/// <summary>What time is it? Asked with something that nobody could know before.</summary>
/// <param name="Delegations">Whether to send what lets the answer be believed.</param>
public sealed record TimeQuestion(string Nonce, bool Delegations = false)
    : AirMessage<TimeQuestion>,
        IAirMessage<TimeQuestion>
{
    public static int MaxBytes => 256;

    public static JsonTypeInfo<TimeQuestion> Shape => AirJson.Default.TimeQuestion;

    public bool IsWithinBounds() => Bounds.IsNonce(Nonce);
}

/// <summary>One part of the log that a command asked for, oldest part first.</summary>
/// <param name="Part">1 … parts</param>
public sealed record LogMessage(
    Guid Command,
    int Part,
    int Parts,
    [property: JsonConverter(typeof(LogText))] string Text
) : AirMessage<LogMessage>, IAirMessage<LogMessage>
{
    public const int MostParts = 16;

    public static JsonTypeInfo<LogMessage> Shape => AirJson.Default.LogMessage;

    public bool IsWithinBounds() => Parts is >= 1 and <= MostParts && Part >= 1 && Part <= Parts;

    public string? OutOfBounds() => IsWithinBounds() ? null : "part";
}
