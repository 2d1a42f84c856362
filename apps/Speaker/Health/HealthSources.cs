using System.Diagnostics.CodeAnalysis;

namespace Loa.Speaker.Health;

/// <summary>The health sources there are, by the word that chooses them on the command line.</summary>
public static class HealthSources
{
    static readonly Dictionary<string, Func<string, IHealthSource>> known = new()
    {
        ["none"] = _ => new NoHealth(),
        ["linux"] = signal => new LinuxHealth("/", signal.Length > 0 ? signal : null),
        ["simulated"] = seed => new SimulatedHealth(
            int.TryParse(seed, out var number) ? number : 1,
            TimeProvider.System
        ),
    };

    /// <param name="choice"><c>none</c>, <c>linux</c>, <c>linux:FILE</c> or <c>linux:!PROGRAM</c> for the modem's signal, <c>simulated:SEED</c>.</param>
    public static bool TryParse(string choice, [NotNullWhen(true)] out IHealthSource? source)
    {
        var colon = choice.IndexOf(':', StringComparison.Ordinal);
        var (word, rest) = colon < 0 ? (choice, "") : (choice[..colon], choice[(colon + 1)..]);
        source = known.TryGetValue(word, out var make) ? make(rest) : null;
        return source is not null;
    }
}
