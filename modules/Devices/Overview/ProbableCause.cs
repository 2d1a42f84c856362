using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Overview;

/// <summary>What is probably the matter with a speaker, and what to do about it, as a technician is told.</summary>
sealed record ProbableCause(string Word, params IReadOnlyList<object> Args)
{
    public string Text => Words.Get("cause." + Word, [.. Args]);

    public string Next => Words.Get($"cause.{Word}.next");

    /// <summary>The likeliest of what was known when it fell silent: what it told itself, then what many suffer from together.</summary>
    public static ProbableCause OfSilence(SilenceFacts facts)
    {
        var (before, link) = (facts.Before?.Vitals, facts.Before?.Stands[(int)SignalKind.Link].State);
        if (facts.Presence == Presence.Never)
            return new("never");
        if (facts.Told is { } told)
            return new("told", told);
        if (facts.Before?.Stands[(int)SignalKind.Mains] is { State: "lost", Since: var lost })
            return before?.Battery is { } battery
                ? new("mains-battery", lost.Shown(), battery)
                : new("mains", lost.Shown());
        if (facts.SilentNear >= 2 && facts.SilentNear * 2 >= facts.Near)
            return new("area", facts.SilentNear, facts.Near);
        if (facts.Before?.Stands[(int)SignalKind.Temperature].State == "hot" && before?.Temperature is { } degrees)
            return new("hot", degrees);
        if (before?.Signal <= SilenceFacts.WeakDbm)
            return new("weak", before.Signal);
        if (facts.Losses >= SilenceFacts.Often)
            return new("unstable", facts.Losses);
        return link switch
        {
            "wired" or "wifi" or "satellite" => new("line", HealthFacts.StateOf(SignalKind.Link, link)),
            not null => new("sim", HealthFacts.StateOf(SignalKind.Link, link)),
            null => new("unknown"),
        };
    }

    static readonly (Alarms Alarm, string Word)[] alarms =
    [
        (Alarms.Silent, "silent"),
        (Alarms.AmplifierOff, "amplifier-off"),
        (Alarms.Soft, "soft"),
        (Alarms.ClockWrong, "clock-wrong"),
        (Alarms.BatteryLow, "battery-low"),
        (Alarms.OnBattery, "on-battery"),
        (Alarms.Hot, "too-hot"),
        (Alarms.StorageLow, "storage-low"),
        (Alarms.Flood, "flood"),
    ];

    /// <summary>What a speaker that is there tells to be amiss.</summary>
    public static IEnumerable<ProbableCause> OfAlarms(Alarms told)
    {
        foreach (var (alarm, word) in alarms)
            if ((told & alarm) != Alarms.None)
                yield return new(word);
    }
}

/// <summary>What was known of a speaker when it fell silent, and of those around it.</summary>
/// <param name="Before">How it fared, as it told last.</param>
/// <param name="Told">The command that it was carrying out, in words.</param>
/// <param name="Near">Other speakers of its commune.</param>
/// <param name="SilentNear">Those of them that fell silent at about the same time.</param>
/// <param name="Losses">How often its connection was lost within a day.</param>
sealed record SilenceFacts(
    Presence Presence,
    SpeakerHealth.Picture? Before,
    string? Told,
    int Near,
    int SilentNear,
    int Losses
)
{
    /// <summary>A mobile link at this strength is about to break.</summary>
    public const int WeakDbm = -105;

    public const int Often = 5;

    /// <summary>What happened within so long happened together.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(10);
}
