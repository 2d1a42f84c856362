using Loa.Kernel;

namespace Loa.Devices.Health;

/// <summary>One number over one stretch of time, as a chart draws it and a file lists it.</summary>
readonly record struct Stretch(DateTimeOffset At, int Min, int Mean, int Max);

/// <summary>How far back a history looks.</summary>
sealed record HealthRange(string Name, TimeSpan Length)
{
    public static IReadOnlyList<HealthRange> All { get; } =
    [
        new("24h", TimeSpan.FromHours(24)),
        new("7d", TimeSpan.FromDays(7)),
        new("30d", TimeSpan.FromDays(30)),
        new("1y", TimeSpan.FromDays(365)),
    ];

    public static HealthRange Of(string? name) => All.FirstOrDefault(r => r.Name == name) ?? All[0];
}

/// <summary>Puts the course of a number together: from its days, and for the last day from the very points that came in.</summary>
static class HealthHistory
{
    // More than a small chart has room for.
    const int Most = 300;

    public static IReadOnlyList<Stretch> Of(
        Metric metric,
        IEnumerable<HealthDay> days,
        IReadOnlyList<Point> recent,
        DateTimeOffset from
    )
    {
        var course = new List<Stretch>();
        var fine = recent.Count > 1 ? recent[0].At : DateTimeOffset.MaxValue;
        foreach (var day in days.OrderBy(d => d.Day))
        {
            var (series, start) = (day.Series, VietnamTime.StartOf(day.Day));
            var length = TimeSpan.FromDays(1) / series.Count;
            for (var i = 0; i < series.Count; i++)
            {
                var at = start + i * length;
                if (series[metric, i] is { } slot && at >= from && at + length <= fine)
                    course.Add(
                        new(
                            at,
                            Metrics.Shown(metric, slot.Min),
                            Metrics.Shown(metric, slot.Mean),
                            Metrics.Shown(metric, slot.Max)
                        )
                    );
            }
        }
        foreach (var point in fine == DateTimeOffset.MaxValue ? [] : recent)
        {
            var value = Metrics.Shown(metric, point.Value);
            if (point.At >= from)
                course.Add(new(point.At, value, value, value));
        }
        return course;
    }

    public static IReadOnlyList<Stretch> Thinned(IReadOnlyList<Stretch> course) =>
        course.Count <= Most
            ? course
            :
            [
                .. course
                    .Chunk((course.Count + Most - 1) / Most)
                    .Select(some => new Stretch(
                        some[0].At,
                        some.Min(s => s.Min),
                        (int)Math.Round(some.Average(s => s.Mean)),
                        some.Max(s => s.Max)
                    )),
            ];
}
