using System.Globalization;

namespace Loa.Bench;

/// <summary>A table in aligned columns: words to the left, figures to the right.</summary>
public sealed class Table(params string[] heads)
{
    readonly List<string[]> rows = [];

    public void Row(params object[] cells) => rows.Add([.. cells.Select(Text)]);

    public void Print()
    {
        var widths = heads.Select((head, i) => Math.Max(head.Length, rows.Max(r => r[i].Length))).ToArray();
        Print(heads, widths);
        Console.WriteLine(string.Join("  ", widths.Select(w => new string('-', w))));
        foreach (var row in rows)
            Print(row, widths);
        Console.WriteLine();
    }

    static void Print(string[] cells, int[] widths) =>
        Console.WriteLine(
            string.Join("  ", cells.Select((c, i) => i == 0 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))).TrimEnd()
        );

    static string Text(object cell) =>
        cell switch
        {
            double d => Figure(d),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString() ?? "",
        };

    /// <summary>Three digits that matter.</summary>
    public static string Figure(double value) =>
        Math.Abs(value) switch
        {
            double.NaN => "–",
            >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
            >= 100 => value.ToString("F0", CultureInfo.InvariantCulture),
            >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
            _ => value.ToString("F2", CultureInfo.InvariantCulture),
        };
}
