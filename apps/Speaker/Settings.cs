using Loa.Jose;

namespace Loa.Speaker;

/// <summary>What one speaker is told at its start.</summary>
/// <param name="Server">Where it enrols and fetches media.</param>
/// <param name="Data">Its own folder.</param>
/// <param name="Root">The root to pin, as it should be in production; else the one by which it is claimed is pinned.</param>
/// <param name="Mqtt">host:port, when it differs from what the server says at enrolment.</param>
/// <param name="MediaBytes">How much sound it may keep.</param>
/// <param name="MediaBytesPerSecond">How fast it may fetch; absent means as fast as it comes.</param>
/// <param name="HealthEvery">How often it tells how it fares when nothing happens.</param>
/// <param name="Authority">The one certificate authority (PEM) that may vouch for a server by mqtts or wss; those of the system when absent.</param>
/// <param name="LostAfter">How long without a connection until it asks whether the server has another address now.</param>
/// <param name="Microphone">A program of the board's maker that hears whether a tone is heard; absent when there is no microphone.</param>
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
    TimeSpan ProveFor = default,
    FileInfo? Authority = null,
    TimeSpan LostAfter = default,
    string? Microphone = null
)
{
    // Longer than a server takes to start, shorter than a technician to come.
    public TimeSpan LostAfter { get; init; } = LostAfter > TimeSpan.Zero ? LostAfter : TimeSpan.FromMinutes(2);

    // Just before a ping would be due, and so in its place: it keeps the connection alive as well, and asks for no answer.
    public TimeSpan HealthEvery { get; init; } = HealthEvery > TimeSpan.Zero ? HealthEvery : TimeSpan.FromSeconds(28);

    /// <summary>The version this software reports.</summary>
    public static string Firmware { get; } = $"loa-{typeof(Settings).Assembly.GetName().Version?.ToString(3)}";
}
