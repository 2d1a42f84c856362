namespace Loa.Fleet.Lines;

/// <summary>What kind of line a speaker hangs on. Loss shows as TCP shows it to a program: as waiting for the repetition.</summary>
/// <param name="Latency">One way.</param>
/// <param name="Jitter">The standard deviation of the latency; packets never overtake each other.</param>
/// <param name="BitsPerSecond">Each way.</param>
/// <param name="Loss">Share of segments that must be sent again.</param>
/// <param name="BetweenStalls">Mean time between moments at which nothing passes; zero means there are none.</param>
/// <param name="Stall">Mean length of such a moment.</param>
sealed record Profile(
    TimeSpan Latency,
    TimeSpan Jitter,
    long BitsPerSecond,
    double Loss,
    TimeSpan BetweenStalls,
    TimeSpan Stall
)
{
    public static IReadOnlyDictionary<string, Profile> Known { get; } =
        new Dictionary<string, Profile>(StringComparer.OrdinalIgnoreCase)
        {
            ["fibre"] = Of(latencyMs: 2, jitterMs: 0.5, kbits: 50_000, loss: 0.0001, everySeconds: 0, stallSeconds: 0),
            ["4G"] = Of(latencyMs: 25, jitterMs: 8, kbits: 12_000, loss: 0.003, everySeconds: 120, stallSeconds: 0.4),
            ["3G"] = Of(latencyMs: 60, jitterMs: 25, kbits: 1_000, loss: 0.01, everySeconds: 60, stallSeconds: 1.5),
            ["satellite"] = Of(
                latencyMs: 300,
                jitterMs: 20,
                kbits: 5_000,
                loss: 0.005,
                everySeconds: 300,
                stallSeconds: 3
            ),
        };

    /// <summary>A good line that loses this share of what is sent.</summary>
    public static Profile Losing(double share) => Known["4G"] with { Loss = share };

    static Profile Of(
        double latencyMs,
        double jitterMs,
        int kbits,
        double loss,
        double everySeconds,
        double stallSeconds
    ) =>
        new(
            TimeSpan.FromMilliseconds(latencyMs),
            TimeSpan.FromMilliseconds(jitterMs),
            kbits * 1000L,
            loss,
            TimeSpan.FromSeconds(everySeconds),
            TimeSpan.FromSeconds(stallSeconds)
        );
}
