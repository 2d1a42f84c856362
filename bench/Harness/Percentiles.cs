namespace Loa.Bench;

/// <summary>All measured values, sorted: a percentile is one of them, not an estimate.</summary>
public sealed class Percentiles
{
    readonly double[] sorted;

    public Percentiles(IEnumerable<double> values)
    {
        sorted = [.. values];
        Array.Sort(sorted);
    }

    public int Count => sorted.Length;

    public double Minimum => sorted.Length == 0 ? double.NaN : sorted[0];

    public double Median => At(0.5);

    public double Maximum => sorted.Length == 0 ? double.NaN : sorted[^1];

    /// <summary>The smallest value that at least this share of all values does not exceed.</summary>
    public double At(double share) =>
        sorted.Length == 0
            ? double.NaN
            : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
