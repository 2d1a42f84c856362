using Loa.Air;

namespace Loa.Speaker.Health;

/// <summary>A cabinet that lives through days and mishaps by a seed, for tests, demonstrations and load.</summary>
public sealed class SimulatedHealth(int seed, TimeProvider clock) : IHealthSource
{
    static readonly LinkKind[] links = [LinkKind.Mobile3g, LinkKind.Mobile4g, LinkKind.Mobile4g, LinkKind.Wired];

    readonly Random random = new(seed);
    readonly LinkKind link = links[(uint)seed % links.Length];
    double battery = 100;
    double signal = -70 - ((uint)seed % 30);
    bool mains = true;

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public ValueTask<Vitals> Read(CancellationToken cancel)
    {
        // About once a day the mains fail, for about half an hour.
        if (random.NextDouble() < (mains ? 1 / 2880.0 : 1 / 60.0))
            mains = !mains;
        battery = Math.Clamp(battery + (mains ? 0.5 : -0.4), 5, 100);
        signal = Math.Clamp(signal + (random.NextDouble() * 2) - 1, -110, -55);
        var hour = clock.GetUtcNow().AddHours(7).TimeOfDay.TotalHours;
        var temperature = 38 + (10 * Math.Sin((hour - 9) * Math.PI / 12)) + random.NextDouble();
        return ValueTask.FromResult(
            new Vitals(mains, (int)battery, (int)temperature, link == LinkKind.Wired ? null : (int)signal, link)
        );
    }
}
