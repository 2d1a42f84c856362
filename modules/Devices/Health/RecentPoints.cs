namespace Loa.Devices.Health;

/// <summary>One number at one moment.</summary>
readonly record struct Point(DateTimeOffset At, int Value);

/// <summary>The last day of one speaker's numbers as they came, in memory: only what moved, and no more than fits in 4 KB.</summary>
sealed class RecentPoints
{
    const int Most = 512;

    // Second since 1970 in 32 bits, metric in 16, value in 16.
    readonly Queue<ulong> points = new();
    readonly short?[] last = new short?[Metrics.All.Count];

    public void Add(Metric metric, short value, DateTimeOffset at)
    {
        if (last[(int)metric] is { } before && Math.Abs(value - before) < Metrics.StepOf(metric))
            return;
        last[(int)metric] = value;
        if (points.Count == Most)
            points.Dequeue();
        points.Enqueue(((ulong)at.ToUnixTimeSeconds() << 32) | ((ulong)metric << 16) | (ushort)value);
    }

    public IReadOnlyList<Point> Of(Metric metric) =>
        [
            .. points
                .Where(p => (Metric)((p >> 16) & 0xffff) == metric)
                .Select(p => new Point(DateTimeOffset.FromUnixTimeSeconds((long)(p >> 32)), (short)(p & 0xffff))),
        ];
}
