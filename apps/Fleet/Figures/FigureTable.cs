using System.Globalization;

namespace Loa.Fleet.Figures;

/// <summary>The last page of a fleet: how long things took, in exact percentiles.</summary>
static class FigureTable
{
    public static IEnumerable<string> Lines(IReadOnlyDictionary<string, double[]> figures)
    {
        yield return Line("", "number", "p50 ms", "p95 ms", "p99 ms", "worst ms");
        foreach (var (what, all) in figures.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            double[] values = [.. all.Where(double.IsFinite).Order()];
            if (what == Diary.Lost || values.Length == 0)
                yield return Line(what, $"{all.Length}", "", "", "", "");
            else
                yield return Line(
                    what,
                    $"{values.Length}",
                    At(values, 0.5),
                    At(values, 0.95),
                    At(values, 0.99),
                    At(values, 1)
                );
        }
    }

    static string At(double[] sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)]
            .ToString("F1", CultureInfo.InvariantCulture);

    static string Line(string what, params string[] cells) =>
        what.PadRight(34) + string.Concat(cells.Select(cell => cell.PadLeft(11)));
}
