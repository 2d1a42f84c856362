using System.Net;
using System.Text.RegularExpressions;

namespace Loa.Lists;

/// <summary>A list as its reader sees it, read page after page off the screen.</summary>
sealed partial class ShownList
{
    const int MostPages = 40;

    public IReadOnlyList<string> Heads { get; private init; } = [];

    /// <summary>All cells of each row.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; private init; } = [];

    /// <summary>The texts of each select's answers.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Selects { get; private init; } = [];

    /// <summary>The address of the file with this ending.</summary>
    public required Func<string, string> File { get; init; }

    public static async Task<ShownList> Read(HttpClient reader, string path)
    {
        var rows = new List<IReadOnlyList<string>>();
        var first = "";
        for (var number = 1; number <= MostPages; number++)
        {
            var page = await reader.GetStringAsync($"{path}{(path.Contains('?') ? '&' : '?')}size=100&page={number}");
            first = number == 1 ? page : first;
            var some = RowsOf(page);
            rows.AddRange(some);
            if (some.Count < 100)
                break;
        }
        var results = first[first.IndexOf("id=\"results\"", StringComparison.Ordinal)..];
        return new()
        {
            Heads = [.. Head().Matches(TableOf(first)).Select(m => Text(m.Groups["text"].Value))],
            Rows = rows,
            Selects =
            [
                .. Select()
                    .Matches(first)
                    .Select(s => Option().Matches(s.Value).Select(o => Text(o.Groups["text"].Value)).ToList()),
            ],
            File = ending =>
                WebUtility.HtmlDecode(Regex.Match(results, $"href=\"([^\"]+\\.{ending}[^\"]*)\"").Groups[1].Value),
        };
    }

    static List<IReadOnlyList<string>> RowsOf(string page) =>
        [
            .. Row()
                .Matches(TableOf(page))
                .Select(row => Cell().Matches(row.Value).Select(c => Text(c.Groups["text"].Value)).ToList())
                .Where(cells => cells.Count > 0),
        ];

    static string TableOf(string page)
    {
        var from = page.IndexOf("list-frame", StringComparison.Ordinal);
        return from < 0 ? "" : page[from..page.IndexOf("</table>", from, StringComparison.Ordinal)];
    }

    static string Text(string html) => WebUtility.HtmlDecode(Space().Replace(Tag().Replace(html, " "), " ")).Trim();

    [GeneratedRegex("<th .*?>(?<text>.*?)</th>", RegexOptions.Singleline)]
    private static partial Regex Head();

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<td .*?>(?<text>.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<select.*?</select>", RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("<option.*?>(?<text>.*?)</option>", RegexOptions.Singleline)]
    private static partial Regex Option();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
