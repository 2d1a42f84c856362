using Loa.Air;
using Loa.Devices.Registry;

namespace Loa.Devices.Health;

/// <summary>What the numbers of a speaker mean: the state of each watched thing, by what is known and how it stood before.</summary>
static class HealthRules
{
    static readonly Dictionary<(SignalKind, string), Alarms> alarms = new()
    {
        [(SignalKind.Mains, "lost")] = Alarms.OnBattery,
        [(SignalKind.Amplifier, "off")] = Alarms.AmplifierOff,
        [(SignalKind.Sound, "silent")] = Alarms.Silent,
        [(SignalKind.Sound, "failed")] = Alarms.Silent,
        [(SignalKind.Clock, "wrong")] = Alarms.ClockWrong,
        [(SignalKind.Storage, "low")] = Alarms.StorageLow,
        [(SignalKind.Battery, "low")] = Alarms.BatteryLow,
        [(SignalKind.Temperature, "hot")] = Alarms.Hot,
        [(SignalKind.Horns, "soft")] = Alarms.SoftHorn,
    };

    /// <summary>The things that a speaker tells of itself; its presence is seen from its line.</summary>
    public static IReadOnlyList<SignalKind> Told { get; } =
    [.. Enum.GetValues<SignalKind>().Where(kind => kind is not (SignalKind.Presence or SignalKind.Records))];

    public static Alarms AlarmOf(SignalKind kind, string? state) =>
        state is null ? Alarms.None : alarms.GetValueOrDefault((kind, state));

    /// <param name="before">Inside the two edges of a number it stays as it was.</param>
    /// <param name="number">What decided, when a number did.</param>
    public static string? StateOf(
        SignalKind kind,
        HealthMessage known,
        string? before,
        HealthOptions edges,
        out int? number
    )
    {
        number = kind switch
        {
            SignalKind.Battery => known.Battery,
            SignalKind.Temperature => known.Temperature,
            SignalKind.Clock => known.ClockMs(),
            SignalKind.Storage => known.StorageMb(),
            SignalKind.Horns => known.Horns is { Count: > 0 } horns ? horns.Min() : null,
            _ => null,
        };
        return kind switch
        {
            SignalKind.Mains => known.Mains is { } mains ? (mains ? "on" : "lost") : null,
            SignalKind.Amplifier => known.Amplifier is { } amplifier ? (amplifier ? "on" : "off") : null,
            SignalKind.Sound => known.Sound?.ToString().ToLowerInvariant(),
            SignalKind.Link => known.Link?.ToString().ToLowerInvariant(),
            _ => number is { } value ? OfNumber(kind, value, before, edges) : null,
        };
    }

    static string OfNumber(SignalKind kind, int value, string? before, HealthOptions edges) =>
        kind switch
        {
            SignalKind.Battery => Below(value, edges.BatteryLow, edges.BatteryGood, "low", before),
            SignalKind.Storage => Below(value, edges.StorageLowMb, edges.StorageGoodMb, "low", before),
            SignalKind.Horns => value < HornShare.Audible ? "soft" : "good",
            SignalKind.Clock => Below(-Math.Abs(value), -edges.ClockWrongMs, -edges.ClockGoodMs, "wrong", before),
            _ => Below(-value, -edges.Hot, -edges.HotOver, "hot", before) is "hot"
                ? "hot"
                : Below(value, edges.Cold, edges.ColdOver, "cold", before),
        };

    static string Below(int value, int edge, int over, string state, string? before) =>
        value <= edge || (value < over && before == state) ? state : "good";
}
