using System.Globalization;

namespace Loa.Bench;

/// <summary>The bars of a show: each is told with its figure and limit, and one that is missed makes the exit code 1.</summary>
public sealed class Bars
{
    bool missed;

    public int ExitCode => missed ? 1 : 0;

    public void AtMost(string what, double figure, double limit, string unit = "") =>
        Tell(
            what,
            figure <= limit,
            string.Create(CultureInfo.InvariantCulture, $"{figure:0.###}{unit}"),
            $"≤ {limit:0.###}{unit}"
        );

    public void AtLeast(string what, double figure, double limit, string unit = "") =>
        Tell(
            what,
            figure >= limit,
            string.Create(CultureInfo.InvariantCulture, $"{figure:0.###}{unit}"),
            $"≥ {limit:0.###}{unit}"
        );

    void Tell(string what, bool held, string figure, string limit)
    {
        missed |= !held;
        Console.WriteLine($"bar: {what} {figure} (limit {limit}) {(held ? "held" : "missed")}");
    }
}
