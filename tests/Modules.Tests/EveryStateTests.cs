using System.Net;
using System.Text.RegularExpressions;
using Loa.Kernel;

namespace Loa;

/// <summary>No page tells two truths: whatever depends on the state of a thing is renewed together with it.</summary>
public sealed partial class EveryStateTests(EveryPage every) : IClassFixture<EveryPage>
{
    static readonly string[] Families = ["state.", "presence.", "play.stage.", "command.stage."];

    static readonly HashSet<string> States =
    [
        .. Words
            .All.Where(word => Families.Any(f => word.Key.StartsWith(f, StringComparison.Ordinal)))
            .SelectMany(word => word.Value),
    ];

    [Fact]
    public void Nothing_that_depends_on_a_state_stands_outside_the_part_that_renews_itself()
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        var (pages, found) = (0, 0);
        foreach (var (path, html) in every.Pages.Where(p => p.Html.Contains(" data-live=", StringComparison.Ordinal)))
        {
            pages++;
            found += Dependent(html).Count();
            foreach (var fault in Dependent(WithoutLiving(html)))
                faults.Add($"{path}: {fault}");
        }

        Assert.Empty(faults);
        Assert.True(pages > 5 && found > 50, $"Only {pages} pages with {found} such things were met.");
    }

    [Fact]
    public void A_state_a_move_and_a_history_outside_would_be_found()
    {
        var state = WebUtility.HtmlEncode(States.First());
        var page = $"""
            <div id="live" data-live="x"><div><span class="badge">{state}</span></div><input name="seen"></div>
            <span class="badge tone-act">{state}</span><input type="hidden" name="Seen" value="3" /><ol class="history">
            """;
        Assert.Equal(5, Dependent(page).Count());
        Assert.Equal(3, Dependent(WithoutLiving(page)).Count());
    }

    static IEnumerable<string> Dependent(string html) =>
        Things()
            .Matches(html)
            .Where(thing =>
                !thing.Groups["state"].Success || States.Contains(WebUtility.HtmlDecode(thing.Groups["state"].Value))
            )
            .Select(thing => thing.Value);

    static string WithoutLiving(string html)
    {
        while (Living().Match(html) is { Success: true } begins)
        {
            var (depth, end) = (0, html.Length);
            foreach (Match div in Divs().Matches(html, begins.Index))
            {
                depth += div.Value == "</div>" ? -1 : 1;
                if (depth > 0)
                    continue;
                end = div.Index + div.Length;
                break;
            }
            html = html.Remove(begins.Index, end - begins.Index);
        }
        return html;
    }

    [GeneratedRegex(
        @"<span class=""badge[^>]*>(?<state>[^<]*)</span>|<input [^>]*name=""[Ss]een""[^>]*>|<ol class=""history""",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Things();

    [GeneratedRegex(@"<div [^>]*data-live=""", RegexOptions.None, 1_000)]
    private static partial Regex Living();

    [GeneratedRegex(@"<div\b|</div>", RegexOptions.None, 1_000)]
    private static partial Regex Divs();
}
