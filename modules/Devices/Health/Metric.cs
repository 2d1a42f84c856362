using Loa.Air;

namespace Loa.Devices.Health;

/// <summary>The numbers whose course is kept; stored by number, so the order stays.</summary>
enum Metric
{
    Battery,
    Temperature,
    Signal,

    /// <summary>Milliseconds.</summary>
    Clock,

    /// <summary>In steps of 16 MB, so that a disk fits into two bytes.</summary>
    Storage,
}

/// <summary>The numbers in what a speaker told, in the scale in which they are kept.</summary>
static class Metrics
{
    public const int StorageStepMb = 16;

    public static IReadOnlyList<Metric> All { get; } = Enum.GetValues<Metric>();

    // A change smaller than this is noise of the sensor.
    static readonly short[] steps = [1, 1, 3, 20, 1];

    public static short StepOf(Metric metric) => steps[(int)metric];

    public static short? ValueOf(Metric metric, HealthMessage known) =>
        metric switch
        {
            Metric.Battery => (short?)known.Battery,
            Metric.Temperature => (short?)known.Temperature,
            Metric.Signal => (short?)known.Signal,
            Metric.Clock => known.ClockMs() is { } ms ? (short)Math.Clamp(ms, -30_000, 30_000) : null,
            _ => known.StorageMb() is { } mb ? (short)Math.Min(mb / StorageStepMb, short.MaxValue) : null,
        };

    /// <summary>As people read it.</summary>
    public static int Shown(Metric metric, int value) => metric == Metric.Storage ? value * StorageStepMb : value;
}
