using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

[Collection("second town")]
public sealed class ApiDocsTests(Town town)
{
    [Fact]
    public async Task Whoever_writes_programs_reads_the_document_as_a_page_with_nothing_from_elsewhere()
    {
        await using var visit = await town.Officer("tinh.quantri");
        var foreign = new List<string>();
        visit.Page.Request += (_, asked) =>
        {
            if (
                !asked.Url.StartsWith($"{town.Server.Address}", StringComparison.Ordinal)
                && !asked.Url.StartsWith("blob:", StringComparison.Ordinal)
                && !asked.Url.StartsWith("data:", StringComparison.Ordinal)
            )
                foreign.Add(asked.Url);
        };
        await visit.Page.GotoAsync("/api/docs/");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "SignIn" }).First).ToBeVisibleAsync();
        await visit.Picture("api-docs");
        Assert.Empty(foreign);
        visit.WentQuietlyWithoutEval();
    }
}
