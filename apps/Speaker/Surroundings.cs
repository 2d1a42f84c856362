using Loa.Speaker.Playing;
using Loa.Speaker.Store;

namespace Loa.Speaker;

/// <summary>What several speakers in one process may share, and what differs between a real one and a simulated one.</summary>
/// <param name="Show">Gets the claim code whenever there is a new one.</param>
/// <param name="Durable">False for simulated speakers, which share one disk: they outlive their process, not a power cut.</param>
public sealed record Surroundings(
    TimeProvider Clock,
    HttpClient Http,
    IOutput Output,
    EventLog Log,
    Action<string> Show,
    bool Durable = true
)
{
    /// <summary>What stands between the software and its disk; a simulated one may be full.</summary>
    internal Func<IDisk, IDisk> Disk { get; init; } = disk => disk;
}
