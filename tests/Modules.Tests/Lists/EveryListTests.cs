using System.Text;
using MiniExcelLibs;

namespace Loa.Lists;

/// <summary>What holds of every list of the product, whatever it is narrowed to, sorted by and shown of.</summary>
public sealed class EveryListTests(RunningServer server)
{
    public static TheoryData<string, string> Lists =>
        new()
        {
            { "tinh.kythuat", "/speakers" },
            { "tinh.kythuat", "/speakers?show=other-vendor&sort=-name" },
            { "tinh.kythuat", "/speakers?unit=Xã+Lộc+Tấn&columns=unit,serial,model&sort=serial" },
            { "tinh.kythuat", "/speakers?q=loc+tan&sort=-vendor" },
            { "loctan.kythuat", "/speakers?sort=-unit" },
        };

    [Theory, MemberData(nameof(Lists))]
    public async Task A_file_holds_what_is_shown_in_its_order_and_columns(string account, string path)
    {
        using var reader = await server.SignedIn(account);

        var shown = await ShownList.Read(reader, path);
        var csv = Lines(await reader.GetStringAsync(shown.File("csv")));
        using var book = new MemoryStream(await reader.GetByteArrayAsync(shown.File("xlsx")));
        var sheet = book.Query(useHeaderRow: false).Cast<IDictionary<string, object?>>().ToList();

        Assert.NotEmpty(shown.Rows);
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

    [Theory, MemberData(nameof(Lists))]
    public async Task No_two_rows_and_no_two_answers_read_the_same(string account, string path)
    {
        using var reader = await server.SignedIn(account);

        var shown = await ShownList.Read(reader, path);

        Assert.Equal(shown.Rows.Count, shown.Rows.Select(row => string.Join('|', row)).Distinct().Count());
        Assert.All(shown.Selects, answers => Assert.Equal(answers.Count, answers.Distinct().Count()));
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
