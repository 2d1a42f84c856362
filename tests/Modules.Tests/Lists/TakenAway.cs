using System.Text;
using MiniExcelLibs;

namespace Loa.Lists;

/// <summary>Compares the files of a list with what is shown of it.</summary>
static class TakenAway
{
    public static async Task IsTakenAwayAsShown(this ShownList shown, HttpClient reader)
    {
        var csv = Lines(await reader.GetStringAsync(shown.File("csv")));
        using var book = new MemoryStream(await reader.GetByteArrayAsync(shown.File("xlsx")));
        var sheet = book.Query(useHeaderRow: false).Cast<IDictionary<string, object?>>().ToList();

        Assert.Equal(shown.Heads, csv[0]);
        Assert.Equal(shown.Heads, sheet[0].Values.Select(v => v?.ToString() ?? ""));
        var names = shown.Rows.Select(row => row[0]).ToList();
        Assert.Equal(names.Count, csv.Count - 1);
        Assert.All(
            csv.Skip(1).Zip(names),
            pair => Assert.StartsWith(pair.First[0], pair.Second, StringComparison.Ordinal)
        );
        Assert.Equal(csv.Skip(1).Select(line => line[0]), sheet.Skip(1).Select(row => row.Values.First()!.ToString()!));
    }

    static List<string[]> Lines(string csv) =>
        [.. csv.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(Cells)];

    static string[] Cells(string line)
    {
        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                cell.Append(line[++i]);
            else if (line[i] == '"')
                isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted)
                (_, cell) = (Add(), new());
            else
                cell.Append(line[i]);
        Add();
        return [.. cells];

        int Add()
        {
            cells.Add(cell.ToString());
            return cells.Count;
        }
    }
}
