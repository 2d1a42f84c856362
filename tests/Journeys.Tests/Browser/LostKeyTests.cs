using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Loa.Browser;

/// <summary>A browser may throw a key away at any time: that is told as a loss, before somebody needs the key at night.</summary>
[Collection("second town")]
public sealed partial class LostKeyTests(Town town)
{
    [Fact]
    public async Task A_key_that_the_browser_threw_away_is_told_as_lost_and_given_up()
    {
        await using var visit = await town.Officer("phuoclong.duyet", Visit.Phone);
        var page = visit.Page;
        await page.GotoAsync("/keys");
        await visit.Button("keys.ask").ClickAsync();
        await page.Locator("[data-kid]").WaitForAsync();
        await visit.Confirm("keys.demo-sign");
        await page.Locator("[data-standing=InForce]").WaitForAsync();
        await Assertions.Expect(page.Locator("[data-key-kept]")).Not.ToBeEmptyAsync();

        await page.EvaluateAsync(
            "() => new Promise(done => { const gone = indexedDB.deleteDatabase('loa-keys'); gone.onsuccess = gone.onerror = () => done(); })"
        );
        await page.ReloadAsync();

        await Assertions.Expect(page.Locator("[data-key-state]")).ToContainTextAsync(Lost());
        await visit.Picture("keys-lost_390");
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("[data-key-lost]")).ToBeVisibleAsync();
        await page.Locator("[data-key-lost] a").ClickAsync();
        await visit.Unfold("keys.give-up");
        await visit.Confirm("keys.give-up");
        await page.Locator("[data-standing=Revoked]").WaitForAsync();
        await visit.Fits();
        visit.WentQuietly();
    }

    [GeneratedRegex("không còn giữ khóa [A-Za-z0-9_-]{12}…")]
    private static partial Regex Lost();
}
