using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Loa.Devices.Health;

/// <summary>A small chart drawn in the page itself: a line of means in a band from least to greatest, broken where nothing is known.</summary>
static class Sparkline
{
    const int Width = 300;
    const int Height = 60;
    const double Edge = 3;

    public static MarkupString Of(IReadOnlyList<Stretch> course, DateTimeOffset from, DateTimeOffset to, string label)
    {
        var (low, high) = ((double)course.Min(s => s.Min), (double)course.Max(s => s.Max));
        if (high - low < 2)
            (low, high) = (low - 1, high + 1);
        var svg = new StringBuilder(
            Shown(
                $"""<svg class="spark" viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="img" aria-label="{System.Net.WebUtility.HtmlEncode(label)}">"""
            )
        );
        foreach (var run in Runs(course, (to - from) / 40))
        {
            string Point(Stretch s, int value) =>
                Shown($"{Across(s.At):0.#},{Edge + (high - value) / (high - low) * (Height - 2 * Edge):0.#}");
            var band = run.Select(s => Point(s, s.Max))
                .Concat(run.AsEnumerable().Reverse().Select(s => Point(s, s.Min)));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<polygon class="spark-band" points="{string.Join(' ', band)}"/>"""
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<polyline class="spark-line" points="{string.Join(' ', run.Select(s => Point(s, s.Mean)))}"/>"""
            );
        }
        return new(svg.Append("</svg>").ToString());

        double Across(DateTimeOffset at) => Math.Clamp((at - from) / (to - from), 0, 1) * Width;
    }

    static List<List<Stretch>> Runs(IReadOnlyList<Stretch> course, TimeSpan gap)
    {
        var runs = new List<List<Stretch>>();
        foreach (var stretch in course)
        {
            if (runs.Count == 0 || stretch.At - runs[^1][^1].At > gap)
                runs.Add([]);
            runs[^1].Add(stretch);
        }
        return runs;
    }

    static string Shown(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
