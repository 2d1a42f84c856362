using System.Net;
using System.Text.RegularExpressions;

namespace Loa;

/// <summary>What holds of every form that a person meets.</summary>
[Collection(nameof(EveryPage))]
public sealed partial class EveryFormTests(EveryPage every)
{
    // Who reads and how fast, and for how long an order counts: none of them says who may do what, nor what is heard where.
    static readonly string[] harmless = ["voice", "pace", "minutes"];

    [Fact]
    public void Nothing_that_decides_is_chosen_before_a_person_chose_it()
    {
        var chosen = new SortedSet<string>(StringComparer.Ordinal);
        var asked = 0;
        // What is there already stays chosen where it is changed.
        foreach (var (path, html) in every.Pages.Where(p => !p.Path.EndsWith("/edit", StringComparison.Ordinal)))
        foreach (var form in Forms().Matches(html).Select(m => m.Value))
        foreach (Match select in Selects().Matches(form))
        {
            asked++;
            var options = Options().Matches(select.Groups["inner"].Value);
            var first = options.FirstOrDefault(o => o.Groups["rest"].Value.Contains(" selected")) ?? options[0];
            if (first.Groups["value"].Value != "" && !harmless.Contains(select.Groups["name"].Value))
                chosen.Add(
                    $"{path}: {select.Groups["name"].Value} = {WebUtility.HtmlDecode(first.Groups["text"].Value)}"
                );
        }

        Assert.Empty(chosen);
        Assert.True(asked > 5, $"Only {asked} selects were met.");
    }

    [Fact]
    public void A_label_leads_to_its_own_field_in_its_own_form()
    {
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        var labels = 0;
        foreach (var (path, html) in every.Pages)
        {
            foreach (var twice in Ids().Matches(html).GroupBy(id => id.Value).Where(id => id.Count() > 1))
                faults.Add($"{path}: {twice.Count()} ×{twice.Key}");
            foreach (var form in AnyForms().Matches(html).Select(m => m.Value))
            foreach (var label in Labels().Matches(form).Select(l => l.Groups["field"].Value))
            {
                labels++;
                if (!form.Contains($" id=\"{label}\"", StringComparison.Ordinal))
                    faults.Add($"{path}: the label of {label} leads out of its form");
            }
        }

        Assert.Empty(faults);
        Assert.True(labels > 50, $"Only {labels} labels were met.");
    }

    /// <summary>A window that was left open acts for nobody else; how the console looks is the device's, not the officer's.</summary>
    [Fact]
    public void What_a_page_sends_says_whose_it_is()
    {
        var silent = every
            .Pages.SelectMany(p => Forms().Matches(p.Html).Select(f => (p.Path, Form: f.Value)))
            .Where(f => !Appearance().IsMatch(f.Form))
            .Where(f => !f.Form.Contains($"name=\"{Kernel.PageOwner.Name}\"", StringComparison.Ordinal))
            .Select(f => $"{f.Path}: {f.Form[..f.Form.IndexOf('>')]}");

        Assert.Empty(silent.Distinct());
    }

    [Fact]
    public void A_date_is_typed_as_it_is_read_whatever_language_the_browser_speaks()
    {
        Assert.DoesNotContain(every.Pages, page => NativeDates().IsMatch(page.Html));
        Assert.Contains(every.Pages, page => page.Html.Contains("data-date=", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^[^>]*action=""/(theme|language)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Appearance();

    [GeneratedRegex(@" id=""[^""]*""", RegexOptions.None, 1_000)]
    private static partial Regex Ids();

    [GeneratedRegex(@"<label [^>]*for=""(?<field>[^""]*)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Labels();

    [GeneratedRegex(@"<form .*?</form>", RegexOptions.Singleline, 1_000)]
    private static partial Regex AnyForms();

    [GeneratedRegex(@"type=""(date|time|datetime-local|month|week)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NativeDates();

    [GeneratedRegex(@"<form [^>]*method=""post"".*?</form>", RegexOptions.Singleline, 1_000)]
    private static partial Regex Forms();

    [GeneratedRegex(
        @"<select [^>]*name=""(?<name>[^""]*)""[^>]*>(?<inner>.*?)</select>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Selects();

    [GeneratedRegex(
        @"<option value(=""(?<value>[^""]*)"")?(?<rest>[^>]*)>(?<text>[^<]*)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Options();
}
