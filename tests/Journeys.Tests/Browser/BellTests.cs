using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>A leader who has any page open learns that something waits for him, by the bell and by the title, without touching it.</summary>
[Collection("town")]
public sealed class BellTests(Town town)
{
    [Fact]
    public async Task TheOpenPageTellsWhatWaits()
    {
        await using var leader = await town.Officer("thienhung.duyet");
        var page = leader.Page;
        var streams = new ConcurrentQueue<string>();
        page.Request += (_, asked) =>
        {
            if (asked.ResourceType == "eventsource")
                streams.Enqueue(asked.Url);
        };
        await page.GotoAsync("/bulletins");
        var bell = page.Locator("[data-bell] [data-unread]");
        var before = await bell.TextContentAsync();
        var otherTab = await page.Context.NewPageAsync();
        await otherTab.GotoAsync("/units");

        await using var author = await town.Officer("thienhung.bientap");
        await author.Page.GotoAsync("/bulletins/new");
        await author.Page.Locator("[name=title]").FillAsync("Họp dân ấp 3");
        await author.Page.Locator("[name=class]").SelectOptionAsync("ordinary");
        await author.Page.Locator("[name=text]").FillAsync("Mời bà con đến họp lúc 19 giờ tại nhà văn hóa ấp 3.");
        await author.Button("desk.listen").ClickAsync();
        await author.Listen("#heard");
        await author.Button("desk.save").ClickAsync();
        await author.Page.Locator("[data-bulletin]").WaitForAsync();
        await author.Button("bulletin.submit").ClickAsync();

        await Expect(bell).Not.ToHaveTextAsync(before!);
        // The list and the bell are rung for by one line.
        Assert.Single(streams);
        var number = await bell.TextContentAsync();
        Assert.StartsWith($"({number}) ", await page.TitleAsync(), StringComparison.Ordinal);
        await Expect(otherTab).ToHaveTitleAsync(new Regex($@"^\({number}\) "));
        await leader.Picture("bell");
        await page.GotoAsync("/notices");
        await Expect(page.Locator(".notice-unread").First).ToContainTextAsync("Họp dân ấp 3");
        await leader.Picture("notices");
        await page.GetByRole(AriaRole.Button, new() { Name = Visit.Vi("notices.read-all"), Exact = true }).ClickAsync();
        // Of what he read here no other tab of his tells any more.
        await Expect(otherTab).Not.ToHaveTitleAsync(new Regex(@"^\("));
        foreach (var path in (string[])["/notices", "/notices/choices"])
        {
            await page.GotoAsync(path);
            foreach (var width in (int[])[Visit.Phone, 768, Visit.Wall])
            {
                await leader.Widen(width);
                await leader.Fits();
                await leader.Picture($"{path.Trim('/').Replace('/', '-')}-{width}");
            }
        }
        leader.WentQuietly();
    }
}
