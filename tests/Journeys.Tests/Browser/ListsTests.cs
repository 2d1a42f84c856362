using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>What a list does in a browser: the way back to it as it was left, what is ticked, and its filters on a phone.</summary>
[Collection("town")]
public sealed class ListsTests(Town town)
{
    const string Narrowed = "/speakers?show=all&sort=-name&size=50";

    [Fact]
    public async Task TheWayBackLeadsToTheListAsItWasLeft()
    {
        await using var visit = await town.Officer("tinh.kythuat");
        var page = visit.Page;
        await page.GotoAsync(Narrowed);
        await page.Locator("main a[id^='row-']").First.ClickAsync();
        await Expect(page.Locator("a.page-back")).ToBeVisibleAsync();

        await page.Locator("a.page-back").ClickAsync();

        await page.WaitForURLAsync($"**{Narrowed}");
        visit.WentQuietly();
    }

    [Fact]
    public async Task WhatIsTickedStaysTickedAndNothingTickedSendsNobody()
    {
        await using var visit = await town.Officer("tinh.kythuat");
        var page = visit.Page;
        await page.GotoAsync("/speakers?show=online");
        var (go, boxes) = (page.Locator("[data-selection-go]"), page.Locator("input[form=selection]"));

        await go.ClickAsync();
        await Expect(page.Locator("#toasts [data-text]")).ToHaveTextAsync(Visit.Vi("selection.none"));
        Assert.Contains("/speakers?", page.Url, StringComparison.Ordinal);

        Assert.True(await Renews(page));
        await boxes.First.CheckAsync();
        Assert.False(await Renews(page));
        var ticked = await boxes.First.GetAttributeAsync("value");
        await go.ClickAsync();
        await page.WaitForURLAsync($"**/speakers/commands?ids={ticked}");
        visit.WentQuietly();
    }

    // Asked as the page itself asks before it renews the list.
    static Task<bool> Renews(IPage page) =>
        page.EvaluateAsync<bool>("() => document.dispatchEvent(new CustomEvent('loa:renew', { cancelable: true }))");

    [Theory]
    [InlineData("tinh.kiemtra", "/ledger?part=newsroom&from=01/01/2020", 2)]
    [InlineData("tinh.kiemtra", "/security?from=01/01/2020", 1)]
    [InlineData("tinh.kythuat", "/speakers", 0)]
    public async Task OnAPhoneTheFiltersAreBehindOneButtonThatCountsThem(string account, string list, int inForce)
    {
        await using var visit = await town.Officer(account, Visit.Phone);
        var page = visit.Page;
        await page.GotoAsync(list);
        var (button, filters) = (page.Locator("label.list-more"), page.Locator(".search .list-filter"));
        await Expect(filters.First).ToBeHiddenAsync();
        await Expect(button.Locator(".badge")).ToHaveCountAsync(inForce > 0 ? 1 : 0);
        if (inForce > 0)
            await Expect(button.Locator(".badge")).ToHaveTextAsync($"{inForce}");
        await Expect(page.Locator("#results .list-frame")).ToBeInViewportAsync();
        await visit.View($"list{list.Split('?')[0].Replace('/', '-')}");

        await button.ClickAsync();
        await Expect(filters.First).ToBeVisibleAsync();
        await visit.Fits();
        await visit.IsAccessible();
        visit.WentQuietly();
    }
}
