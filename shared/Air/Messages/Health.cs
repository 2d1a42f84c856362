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
/// <param name="More">What else its maker measures, shown and kept as it came.</param>
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
    IReadOnlyList<int>? Horns = null,
    IReadOnlyList<HealthReading>? More = null
) : AirMessage<HealthMessage>, IAirMessage<HealthMessage>
{
    public static int MaxBytes => 4 * 1024;

    public static JsonTypeInfo<HealthMessage> Shape => AirJson.Default.HealthMessage;

    /// <summary>What goes over the air: nothing at all when all is as it was, for that is what a speaker says most of its life.</summary>
    public byte[] Told() => this == new HealthMessage(At) ? [] : ToBytes();

    /// <summary>What can be read of a report: a member that does not fit is left out, and spoils no other.</summary>
    /// <param name="at">When it came.</param>
    /// <returns>Null when it is no report at all.</returns>
    public static HealthMessage? Heard(ReadOnlySpan<byte> payload, DateTimeOffset at) =>
        payload.IsEmpty ? new(at)
        : TryRead(payload, out var told) ? told
        : HealthMembers.Fitting(payload, at);

    public bool IsWithinBounds() =>
        Bounds.IsLevel(Battery)
        && Temperature is null or (>= -60 and <= 150)
        && Signal is null or (>= -200 and <= 0)
        && StorageFree is null or >= 0
        && Bounds.FewWith(Horns, Bounds.Horns, level => Bounds.IsLevel(level))
        && Bounds.FewWith(More, Bounds.More, reading => reading.IsWithinBounds());
}

/// <summary>Something that only its maker knows how to take: a name, a value and its unit, each one line.</summary>
public sealed record HealthReading(string Name, string Value, string? Unit = null)
{
    internal bool IsWithinBounds() =>
        Bounds.Named(Name, 40)
        && Bounds.IsLine(Name)
        && Bounds.Named(Value, 60)
        && Bounds.IsLine(Value)
        && Bounds.IsLine(Unit, 20);
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
