using Loa.Air;

namespace Loa.Devices.Health;

/// <summary>What is known of a speaker, folded from what it told: what a message leaves out is as it was.</summary>
static class HealthMerge
{
    const long Megabyte = 1024 * 1024;

    public static HealthMessage After(this HealthMessage known, HealthMessage news) =>
        new(
            news.At,
            news.Amplifier ?? known.Amplifier,
            news.Mains ?? known.Mains,
            news.Battery ?? known.Battery,
            news.Temperature ?? known.Temperature,
            news.Signal ?? known.Signal,
            news.Link ?? known.Link,
            news.ClockOffset ?? known.ClockOffset,
            news.StorageFree ?? known.StorageFree,
            news.Sound ?? known.Sound,
            news.Paused ?? known.Paused,
            news.Horns ?? known.Horns,
            news.More ?? known.More
        );

    public static int? ClockMs(this HealthMessage known) =>
        known.ClockOffset is { } offset ? (int)Math.Clamp(offset.TotalMilliseconds, -86_400_000, 86_400_000) : null;

    public static int? StorageMb(this HealthMessage known) =>
        known.StorageFree is { } bytes ? (int)Math.Min(bytes / Megabyte, int.MaxValue) : null;
}
