using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>An officer on a bad phone presses and types before the page's scripts are there.</summary>
[Collection("second town")]
public sealed class SlowLineTests(Town town)
{
    [Fact]
    public async Task AnActIsAskedAboutThoughItWasPressedBeforeTheScriptsCame()
    {
        await using var visit = await town.Officer("thienhung.bientap");
        var page = visit.Page;
        var scripts = await HoldScripts(page);
        await page.GotoAsync($"/bulletins/{town.Draft}", new() { WaitUntil = WaitUntilState.Commit });

        await visit.Button("bulletin.discard").ClickAsync();
        await Expect(page.Locator("#confirm")).ToBeHiddenAsync();
        scripts.SetResult();

        await Expect(page.Locator("#confirm")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".page-actions .badge")).ToHaveTextAsync(Visit.Vi("state.bulletin.draft"));
        visit.WentQuietly();
    }

    [Fact]
    public async Task WhatWasTypedIsCountedAndHeardOnceTheScriptsAreThere()
    {
        await using var visit = await town.Officer("thienhung.bientap");
        var page = visit.Page;
        var scripts = await HoldScripts(page);
        await page.GotoAsync("/bulletins/new", new() { WaitUntil = WaitUntilState.Commit });

        await page.Locator("[name=title]").FillAsync("Thông báo lịch họp");
        await page.Locator("[name=text]").FillAsync("Kính thưa bà con.");
        await visit.Button("desk.listen").ClickAsync();
        scripts.SetResult();

        await Expect(page.Locator("#heard [data-waveform]")).ToBeVisibleAsync();
        await Expect(page.Locator(".form-hint[data-text]")).ToContainTextAsync("17 / ");
        visit.WentQuietly();
    }

    // Only the one that keeps what is pressed comes at once.
    static async Task<TaskCompletionSource> HoldScripts(IPage page)
    {
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync(
            "**/*.js",
            async route =>
            {
                if (!route.Request.Url.Contains("early", StringComparison.Ordinal))
                    await come.Task;
                await route.ContinueAsync();
            }
        );
        return come;
    }
}
