using Loa.Mqtt.Client;
using Loa.Speaker.Health;
using Loa.Speaker.Playing;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Start;

/// <summary>What several speakers in one process may share, and what differs between a real one and a simulated one.</summary>
/// <param name="Show">Gets the claim code whenever there is a new one.</param>
/// <param name="ShowRoot">Gets the number of the root that came with it, for people to compare.</param>
/// <param name="Amplifier">Gives power to the amplifier or takes it away; absent when it cannot be switched.</param>
/// <param name="Durable">False for simulated speakers, which share one disk: they outlive their process, not a power cut.</param>
/// <param name="Health">What the cabinet can measure; absent when it has no sensors.</param>
/// <param name="KeepsLog">False where so many simulated speakers live for so long that nobody would ask for their logs.</param>
/// <param name="Supervised">A supervisor has started this software, and takes back an update that fails.</param>
public sealed record SpeakerEnvironment(
    TimeProvider Clock,
    HttpClient Http,
    IOutput Output,
    EventLog Log,
    Action<string> Show,
    bool Durable = true,
    Action<bool>? Amplifier = null,
    IHealthSource? Health = null,
    bool KeepsLog = true,
    bool Supervised = false,
    Action<string>? ShowRoot = null
)
{
    /// <summary>What stands between the software and its disk; a simulated one may be full.</summary>
    internal Func<IDisk, IDisk> Disk { get; init; } = disk => disk;

    /// <summary>How the server is reached; a simulated line may be cut.</summary>
    internal Func<MqttClientOptions, MqttClientOptions> Line { get; init; } = options => options;

    /// <summary>Gets the speaker's own idea of the time at each start, so that it can be held against the truth.</summary>
    internal Action<AirClock> Watch { get; init; } = _ => { };
}
