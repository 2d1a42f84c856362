using System.Globalization;
using Loa.Air;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Health;

/// <summary>One line of the health card: what, how much, how that is to be taken, and since when.</summary>
sealed record HealthFact(
    SignalKind? Kind,
    string Label,
    string? Value,
    string? State,
    Tone Tone,
    DateTimeOffset? Since
);

/// <summary>What is known of a speaker in the order in which a technician asks; what it cannot measure is left out.</summary>
static class HealthFacts
{
    static readonly Dictionary<(SignalKind, string), Tone> tones = new()
    {
        [(SignalKind.Mains, "on")] = Tone.Good,
        [(SignalKind.Mains, "lost")] = Tone.Warn,
        [(SignalKind.Amplifier, "on")] = Tone.Good,
        [(SignalKind.Amplifier, "off")] = Tone.Warn,
        [(SignalKind.Battery, "low")] = Tone.Act,
        [(SignalKind.Temperature, "hot")] = Tone.Act,
        [(SignalKind.Temperature, "cold")] = Tone.Warn,
        [(SignalKind.Sound, "good")] = Tone.Good,
        [(SignalKind.Sound, "clipping")] = Tone.Warn,
        [(SignalKind.Sound, "silent")] = Tone.Act,
        [(SignalKind.Sound, "failed")] = Tone.Act,
        [(SignalKind.Clock, "good")] = Tone.Good,
        [(SignalKind.Clock, "wrong")] = Tone.Act,
        [(SignalKind.Storage, "low")] = Tone.Act,
        [(SignalKind.Horns, "soft")] = Tone.Act,
        [(SignalKind.Records, "flood")] = Tone.Act,
        [(SignalKind.Presence, "online")] = Tone.Good,
        [(SignalKind.Presence, "offline")] = Tone.Act,
    };

    public static Tone ToneOf(SignalKind kind, string? state) =>
        state is null ? Tone.Quiet : tones.GetValueOrDefault((kind, state), Tone.Quiet);

    public static string NameOf(SignalKind kind) => Words.Get("signal." + kind);

    public static string StateOf(SignalKind kind, string? state) =>
        Words.Get(state is null ? "signal.unknown" : $"signal.{kind}.{state}");

    public static IReadOnlyList<HealthFact> Of(SpeakerHealth.Picture? now)
    {
        if (now is null)
            return [];
        var vitals = now.Vitals;
        HealthFact?[] facts =
        [
            Stood(now, SignalKind.Mains, null),
            Stood(now, SignalKind.Battery, Number(vitals.Battery, " %")),
            Stood(now, SignalKind.Amplifier, null),
            Stood(now, SignalKind.Sound, null),
            Stood(now, SignalKind.Temperature, Number(vitals.Temperature, " °C")),
            Stood(now, SignalKind.Clock, vitals.ClockMs() is { } ms ? Amounts.Seconds(ms) : null),
            Stood(now, SignalKind.Storage, vitals.StorageMb() is { } mb ? Amounts.Bytes(mb * 1024L * 1024) : null),
            Stood(now, SignalKind.Link, null),
            Plain("metric.Signal", Number(vitals.Signal, " dBm")),
            Plain("health.paused", vitals.Paused is true ? Words.Get("health.paused.yes") : null),
            Stood(
                now,
                SignalKind.Horns,
                vitals.Horns is { Count: > 0 } horns
                    ? string.Join(" · ", horns.Select(level => level.ToString(CultureInfo.CurrentCulture)))
                    : null
            ),
        ];
        return [.. facts.OfType<HealthFact>(), .. (vitals.More ?? []).Select(Foreign)];
    }

    /// <summary>The number that decided a change, with its unit.</summary>
    public static string? NumberOf(SignalKind kind, int? number) =>
        kind switch
        {
            _ when number is null => null,
            SignalKind.Battery => Number(number, " %"),
            SignalKind.Temperature => Number(number, " °C"),
            SignalKind.Clock => Amounts.Seconds(number.Value),
            SignalKind.Storage => Amounts.Bytes(number.Value * 1024L * 1024),
            _ => Number(number, ""),
        };

    static HealthFact? Stood(SpeakerHealth.Picture now, SignalKind kind, string? value)
    {
        var stand = now.Stands[(int)kind];
        return stand.State is null
            ? null
            : new(kind, NameOf(kind), value, StateOf(kind, stand.State), ToneOf(kind, stand.State), stand.Since);
    }

    // In its maker's words: nobody else knows how to take it.
    static HealthFact Foreign(HealthReading reading) =>
        new(null, reading.Name, $"{reading.Value} {reading.Unit}".TrimEnd(), null, Tone.Quiet, null);

    static HealthFact? Plain(string label, string? value) =>
        value is null ? null : new(null, Words.Get(label), value, null, Tone.Quiet, null);

    static string? Number(int? value, string unit) =>
        value is { } number ? number.ToString("N0", CultureInfo.CurrentCulture) + unit : null;
}
