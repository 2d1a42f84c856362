using Loa.Kernel;

namespace Loa.Devices.Health;

/// <summary>A speaker's history as a file: what changed, then the course of each number.</summary>
static class HealthFile
{
    public static Csv Of(ShowHealth.Response history) =>
        new(
            FileName.Of(
                history.Name,
                VietnamTime.DayOf(history.To),
                [Words.Get("health.range." + history.Range)],
                "csv"
            ),
            [
                .. new[] { "at", "what", "from", "to", "min", "mean", "max" }.Select(column =>
                    Words.Get("health.column." + column)
                ),
            ],
            Rows(history).ToAsyncEnumerable()
        );

    static IEnumerable<object?[]> Rows(ShowHealth.Response history)
    {
        foreach (var s in history.Signals)
            yield return
            [
                s.At,
                HealthFacts.NameOf(s.Kind),
                HealthFacts.StateOf(s.Kind, s.From),
                HealthFacts.StateOf(s.Kind, s.To),
                null,
                s.Number,
                null,
            ];
        foreach (var course in history.Courses)
        foreach (var s in course.Stretches)
            yield return [s.At, Words.Get("metric." + course.Metric), null, null, s.Min, s.Mean, s.Max];
    }
}
