using Loa.Air;

namespace Loa.Speaker.Health;

/// <summary>What the cabinet says about itself; absent is what it cannot measure.</summary>
/// <param name="Battery">0–100</param>
/// <param name="Temperature">°C</param>
/// <param name="Signal">dBm</param>
public sealed record Vitals(
    bool? Mains = null,
    int? Battery = null,
    int? Temperature = null,
    int? Signal = null,
    LinkKind? Link = null
);

/// <summary>Where a speaker reads how its cabinet fares.</summary>
public interface IHealthSource
{
    /// <summary>How often it is worth a look.</summary>
    TimeSpan Every { get; }

    ValueTask<Vitals> Read(CancellationToken cancel);
}

/// <summary>A cabinet without sensors.</summary>
public sealed class NoHealth : IHealthSource
{
    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public ValueTask<Vitals> Read(CancellationToken cancel) => ValueTask.FromResult(new Vitals());
}
