using System.Text;

namespace Loa.Kernel;

/// <summary>
/// A table as spreadsheets save it: commas, semicolons or tabs, or what a "sep=" line says; quotes; any line ends. Each row knows its
/// line. It takes time and memory in proportion to the text.
/// </summary>
public sealed class CsvTable
{
    const int LookUpEvery = 1 << 16;
    static readonly char[] delimiters = [',', ';', '\t'];

    readonly List<CsvRow> rows = [];
    readonly List<string> cells = [];
    readonly StringBuilder cell = new();
    readonly char delimiter;
    int line = 1;
    int start = 1;

    CsvTable(char delimiter) => this.delimiter = delimiter;

    public IReadOnlyList<CsvRow> Rows => rows;

    /// <summary>Where a quote begins that never ends; the rows after it are lost in it.</summary>
    public int? OpenQuote { get; private set; }

    /// <param name="most">Rows; who brings more is told so, and the rest is not read.</param>
    public static CsvTable Read(string text, int most, CancellationToken cancel)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimStart('\uFEFF');
        var told = SeparatorLine(lines);
        var table = new CsvTable(told.Separator ?? DelimiterOf(lines));
        if (told.Separator is not null)
            table.line = table.start = 2;
        table.Read(lines.AsSpan(told.Length), most, cancel);
        return table;
    }

    void Read(ReadOnlySpan<char> text, int most, CancellationToken cancel)
    {
        var (quoted, blank, opened) = (false, true, 0);
        for (var i = 0; i < text.Length && rows.Count <= most; i++)
        {
            if (i % LookUpEvery == 0)
                cancel.ThrowIfCancellationRequested();
            var sign = text[i];
            if (sign == '\n')
                line++;
            if (quoted)
            {
                if (sign == '"' && i + 1 < text.Length && text[i + 1] == '"')
                    i++;
                else if (sign == '"')
                {
                    quoted = false;
                    continue;
                }
                cell.Append(sign);
            }
            else if (sign == '"' && blank)
            {
                (quoted, blank, opened) = (true, false, line);
                cell.Clear();
            }
            else if (sign == delimiter || sign == '\n')
            {
                EndCell();
                blank = true;
                if (sign == '\n')
                    EndRow();
            }
            else
            {
                blank &= char.IsWhiteSpace(sign);
                cell.Append(sign);
            }
        }
        OpenQuote = quoted ? opened : null;
        EndCell();
        EndRow();
    }

    void EndCell()
    {
        cells.Add(cell.ToString().Trim());
        cell.Clear();
    }

    void EndRow()
    {
        // Spreadsheets leave empty lines behind; they say nothing.
        if (cells.Exists(c => c.Length > 0))
            rows.Add(new(start, [.. cells]));
        cells.Clear();
        start = line;
    }

    // What a spreadsheet writes for another spreadsheet; it is no row.
    static (char? Separator, int Length) SeparatorLine(string text)
    {
        var first = FirstLine(text);
        var said = first.Trim().Trim('"');
        return said.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && said.Length <= 5
            ? (said.Length == 5 ? said[4] : '\t', Math.Min(first.Length + 1, text.Length))
            : (null, 0);
    }

    // By the first line, which holds names and no sentences.
    static char DelimiterOf(string text)
    {
        var first = FirstLine(text.TrimStart('\n', ' ')).ToString();
        return delimiters.MaxBy(d => first.Count(c => c == d));
    }

    static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text) =>
        text.IndexOf('\n') is >= 0 and var end ? text[..end] : text;
}

/// <summary>One row and the line of the file where it begins.</summary>
public sealed record CsvRow(int Line, IReadOnlyList<string> Cells);
