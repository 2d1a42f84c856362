using Loa.Jose;

namespace Loa.Speaker;

/// <summary>What one speaker is told at its start.</summary>
/// <param name="Server">Where it enrols and fetches media.</param>
/// <param name="Data">Its own folder.</param>
/// <param name="Root">The root to pin; else the one of the first answer is pinned.</param>
/// <param name="Mqtt">host:port, when it differs from what the server says at enrolment.</param>
/// <param name="MediaBytes">How much sound it may keep.</param>
/// <param name="MediaBytesPerSecond">How fast it may fetch; absent means as fast as it comes.</param>
/// <param name="HealthEvery">How often it tells how it fares when nothing happens.</param>
/// <param name="ProveFor">How long new software must have run before it may stay.</param>
public sealed record Settings(
    Uri Server,
    string Data,
    string Serial,
    string Model = "Loa mềm",
    int Horns = 2,
    Jwk? Root = null,
    string? Mqtt = null,
    long MediaBytes = 1L << 30,
    long? MediaBytesPerSecond = null,
    TimeSpan HealthEvery = default,
    TimeSpan ProveFor = default
)
{
    /// <summary>A minute when nothing is said.</summary>
    public TimeSpan HealthEvery { get; init; } = HealthEvery > TimeSpan.Zero ? HealthEvery : TimeSpan.FromMinutes(1);

    /// <summary>The version this software reports.</summary>
    public static string Firmware { get; } = $"loa-{typeof(Settings).Assembly.GetName().Version?.ToString(3)}";
}
