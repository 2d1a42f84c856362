using Loa.Air;

namespace Loa.Speaker.Health;

/// <summary>Decides what of a speaker's health is worth telling: great changes at once, small ones with the next report, the rest never.</summary>
sealed class Deadband
{
    static readonly Measure[] measures =
    [
        new(health => Number(health.Amplifier), (from, to) => to with { Amplifier = from.Amplifier }, 1, 1),
        new(health => Number(health.Mains), (from, to) => to with { Mains = from.Mains }, 1, 1),
        new(health => health.Battery, (from, to) => to with { Battery = from.Battery }, 2, 10),
        new(health => health.Temperature, (from, to) => to with { Temperature = from.Temperature }, 2, 5),
        new(health => health.Signal, (from, to) => to with { Signal = from.Signal }, 4, 10),
        new(health => (int?)health.Link, (from, to) => to with { Link = from.Link }, 1, 1),
        new(
            health => health.ClockOffset?.TotalMilliseconds,
            (from, to) => to with { ClockOffset = from.ClockOffset },
            5,
            50
        ),
        new(
            health => health.StorageFree,
            (from, to) => to with { StorageFree = from.StorageFree },
            16 << 20,
            256 << 20
        ),
        new(health => (int?)health.Sound, (from, to) => to with { Sound = from.Sound }, 1, 1),
        new(health => Number(health.Paused), (from, to) => to with { Paused = from.Paused }, 1, 1),
    ];

    HealthMessage? told;

    /// <summary>A new connection: all is told anew.</summary>
    public void Forget() => told = null;

    /// <param name="due">It is time for a report whatever has changed.</param>
    /// <returns>What to tell; null when nothing now.</returns>
    public HealthMessage? News(HealthMessage now, bool due)
    {
        if (told is not { } before)
            return told = now;
        var horns = now.Horns is not null && !now.Horns.SequenceEqual(before.Horns ?? []);
        if (!due && !horns && !measures.Any(measure => measure.Differs(before, now, measure.Great)))
            return null;
        var news = new HealthMessage(now.At);
        foreach (var measure in measures.Where(measure => measure.Differs(before, now, measure.Small)))
        {
            news = measure.Copy(now, news);
            before = measure.Copy(now, before);
        }
        told = horns ? before with { Horns = now.Horns } : before;
        return horns ? news with { Horns = now.Horns } : news;
    }

    static double? Number(bool? value) => value is { } known ? (known ? 1 : 0) : null;

    /// <summary>One thing that is measured, and by how much it must change to be told.</summary>
    sealed record Measure(
        Func<HealthMessage, double?> Of,
        Func<HealthMessage, HealthMessage, HealthMessage> Copy,
        double Small,
        double Great
    )
    {
        public bool Differs(HealthMessage before, HealthMessage now, double least) =>
            Of(now) is { } value && (Of(before) is not { } was || Math.Abs(value - was) >= least);
    }
}
