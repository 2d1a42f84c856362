using System.Text;

namespace Loa.Devices.Enrolments;

/// <summary>A table as spreadsheets save it: commas, semicolons or tabs, quotes, any line ends; each row knows its line.</summary>
static class CsvTable
{
    static readonly char[] delimiters = [',', ';', '\t'];

    public static List<CsvRow> Read(string text)
    {
        var delimiter = DelimiterOf(text);
        var rows = new List<CsvRow>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, start, quoted) = (1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (sign == '\n')
                line++;
            if (quoted)
            {
                if (sign != '"')
                    cell.Append(sign);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[++i]);
                else
                    quoted = false;
            }
            else if (sign == '"' && string.IsNullOrWhiteSpace(cell.ToString()))
                (quoted, _) = (true, cell.Clear());
            else if (sign == delimiter)
                EndCell();
            else if (sign == '\n')
                EndRow();
            else if (sign != '\r')
                cell.Append(sign);
        }
        line++;
        EndRow();
        return rows;

        void EndCell()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }

        void EndRow()
        {
            EndCell();
            // Spreadsheets leave empty lines behind; they say nothing.
            if (cells.Exists(c => c.Length > 0))
                rows.Add(new(start, [.. cells]));
            cells.Clear();
            start = line;
        }
    }

    // By the first line, which holds names and no sentences.
    static char DelimiterOf(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        return delimiters.MaxBy(d => first.Count(c => c == d));
    }
}

/// <summary>One row and the line of the file where it begins.</summary>
sealed record CsvRow(int Line, IReadOnlyList<string> Cells);
