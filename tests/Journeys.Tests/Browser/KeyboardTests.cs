using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>Whoever has no mouse signs in, and answers the question before an act, with the keys alone.</summary>
[Collection("town")]
public sealed class KeyboardTests(Town town)
{
    const int MostTabs = 60;

    [Fact]
    public async Task SignsIn()
    {
        await using var visit = await town.Stranger();
        var page = visit.Page;
        await page.GotoAsync("/sign-in");
        await Expect(page.Locator("[name=userName]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("loctan.bientap");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(town.Server.DemoPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".user-button")).ToBeVisibleAsync();
        visit.WentQuietly();
    }

    [Fact]
    public async Task AnswersTheQuestionBeforeAnAct()
    {
        await using var visit = await town.Officer("thienhung.bientap");
        var page = visit.Page;
        await page.GotoAsync($"/bulletins/{town.Draft}");
        var discard = visit.Button("bulletin.discard");
        await TabTo(page, discard);

        await page.Keyboard.PressAsync("Enter");
        var dialog = page.Locator("#confirm");
        await Expect(dialog).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(discard).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeVisibleAsync();
        await TabTo(page, dialog.Locator("[data-yes]"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".page-actions .badge")).ToHaveTextAsync(Visit.Vi("state.bulletin.discarded"));

        // As it was, for whoever comes next.
        await TabTo(page, visit.Button("bulletin.restore"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".page-actions .badge")).ToHaveTextAsync(Visit.Vi("state.bulletin.draft"));
        visit.WentQuietly();
    }

    static async Task TabTo(IPage page, ILocator wanted)
    {
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await wanted.EvaluateAsync<bool>("e => e === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{wanted} is not reached with the Tab key.");
    }
}
