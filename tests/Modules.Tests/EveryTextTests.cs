using System.Net;
using System.Text.RegularExpressions;
using Loa.Kernel;

namespace Loa;

/// <summary>What holds of every word that a person reads.</summary>
[Collection(nameof(EveryPage))]
public sealed partial class EveryTextTests(EveryPage every)
{
    [Fact]
    public void No_page_shows_what_only_programs_read()
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        var texts = 0;
        foreach (var (path, html) in every.Pages)
        foreach (var text in Shown(html))
        {
            texts++;
            if (Words.All.ContainsKey(text) || ForPrograms().IsMatch(text))
                faults.Add($"{path}: {text}");
        }

        Assert.Empty(faults);
        Assert.True(texts > 1_000, $"Only {texts} texts were met.");
    }

    [Fact]
    public void No_two_answers_of_one_select_read_the_same()
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, html) in every.Pages)
        foreach (Match select in Selects().Matches(html))
        foreach (var twice in Options().Matches(select.Value).GroupBy(o => o.Groups["text"].Value.Trim()))
            if (twice.Count() > 1)
                faults.Add($"{path}: {twice.Count()} × {WebUtility.HtmlDecode(twice.Key)}");

        Assert.Empty(faults);
    }

    // What happened twice in a minute reads twice: sessions, acts, signs of trouble.
    static readonly string[] events = ["/account", "/ledger", "/security", "/officers/"];

    [Fact]
    public void No_two_rows_of_one_list_read_the_same()
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        foreach (
            var (path, html) in every.Pages.Where(p => !events.Any(e => p.Path.StartsWith(e, StringComparison.Ordinal)))
        )
        foreach (Match body in Bodies().Matches(html))
        foreach (var twice in Rows().Matches(body.Value).GroupBy(row => string.Join(' ', Shown(row.Value))))
            if (twice.Count() > 1)
                faults.Add($"{path}: {twice.Count()} × {twice.Key}");

        Assert.Empty(faults);
    }

    // What stands between the tags, and what is told of a thing that is pointed at.
    static IEnumerable<string> Shown(string html)
    {
        var visible = Unseen().Replace(html, "");
        return Tags()
            .Split(visible)
            .Concat(Told().Matches(visible).Select(m => m.Groups["text"].Value))
            .Select(text => WebUtility.HtmlDecode(text).Trim())
            .Where(text => text.Length > 0);
    }

    // An id, a moment as machines write it, a number of bytes. The beginning of a hash may be figures alone.
    [GeneratedRegex(
        @"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b\d{4}-\d\d-\d\dT\d\d:\d\d|\b\d{12,}\b(?!…)|\d bytes?\b",
        RegexOptions.None,
        1_000
    )]
    private static partial Regex ForPrograms();

    [GeneratedRegex(@"<(?<tag>script|style|svg|template)\b.*?</\k<tag>>|<!--.*?-->", RegexOptions.Singleline, 1_000)]
    private static partial Regex Unseen();

    [GeneratedRegex(@"<[^>]*>", RegexOptions.None, 1_000)]
    private static partial Regex Tags();

    [GeneratedRegex(
        @" (title|aria-label|placeholder|alt|data-confirm|data-confirm-title|data-confirm-yes)=""(?<text>[^""]*)""",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Told();

    [GeneratedRegex(@"<select\b.*?</select>", RegexOptions.Singleline, 1_000)]
    private static partial Regex Selects();

    [GeneratedRegex(@"<option\b[^>]*>(?<text>[^<]*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Options();

    [GeneratedRegex(@"<tbody\b.*?</tbody>", RegexOptions.Singleline, 1_000)]
    private static partial Regex Bodies();

    [GeneratedRegex(@"<tr\b.*?</tr>", RegexOptions.Singleline, 1_000)]
    private static partial Regex Rows();
}
