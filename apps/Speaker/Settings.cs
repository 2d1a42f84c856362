using Loa.Jose;

namespace Loa.Speaker;

/// <summary>What one speaker is told at its start.</summary>
/// <param name="Server">Where it enrols and fetches media.</param>
/// <param name="Data">Its own folder.</param>
/// <param name="Root">The root to pin; else the one of the first answer is pinned.</param>
/// <param name="Mqtt">host:port, when it differs from what the server says at enrolment.</param>
/// <param name="MediaBytes">How much sound it may keep.</param>
public sealed record Settings(
    Uri Server,
    string Data,
    string Serial,
    string Model = "Loa mềm",
    int Horns = 2,
    Jwk? Root = null,
    string? Mqtt = null,
    long MediaBytes = 1L << 30
)
{
    /// <summary>The version this software reports.</summary>
    public static string Firmware { get; } = $"loa-{typeof(Settings).Assembly.GetName().Version?.ToString(3)}";
}
