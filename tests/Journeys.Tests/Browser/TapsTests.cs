using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>The daily tasks of a phone, with every tap counted; and a bulletin sent back, mended and signed without remembering anything.</summary>
[Collection("second town")]
public sealed class TapsTests(Town town)
{
    const string Asked = "Thêm giờ bắt đầu";

    int taps;

    [Fact]
    public async Task A_bulletin_sent_back_is_mended_heard_signed_played_and_stopped_in_few_taps()
    {
        var bulletin = await town.Submit("Thông báo họp tổ dân phố", CancellationToken.None);
        await using var leader = await town.Officer("thienhung.duyet", Visit.Phone);
        await MakesKey(leader, bulletin);
        await IsSentBack(leader, bulletin);
        await IsMended(bulletin);
        await IsSignedAndPlayed(leader, bulletin);
        await IsStopped(leader);
        leader.WentQuietly();
    }

    // Once for each device; not a task of every day.
    static async Task MakesKey(Visit leader, Guid bulletin)
    {
        await leader.Page.GotoAsync($"/keys?next=/bulletins/{bulletin}");
        await leader.Button("keys.ask").ClickAsync();
        await leader.Confirm("keys.demo-sign");
        await leader.Link("keys.go-on").ClickAsync();
    }

    static async Task IsSentBack(Visit leader, Guid bulletin)
    {
        var page = leader.Page;
        await page.Locator($"form[action$='/{bulletin}/return'] [name=comment]").FillAsync(Asked);
        await leader.Button("bulletin.return").ClickAsync();
        await StateIs(page, "returned");
    }

    async Task IsMended(Guid bulletin)
    {
        await using var author = await town.Officer("thienhung.bientap", Visit.Phone);
        var page = author.Page;
        await page.GotoAsync($"/bulletins/{bulletin}/edit");
        await page.Locator("[name=text]").ScrollIntoViewIfNeededAsync();
        await Expect(page.Locator(".pinned")).ToContainTextAsync(Asked);
        Assert.True(await IsInView(page), "The comment is out of sight while he writes.");
        await page.Locator("[name=text]").FillAsync("Kính mời bà con họp lúc 19 giờ.");
        await author.Fits();
        await author.IsAccessible();
        await author.View("mending");
        await author.Button("desk.save").ClickAsync();
        await author.Button("bulletin.submit-again").ClickAsync();
        await StateIs(page, "submitted");
        author.WentQuietly();
    }

    async Task IsSignedAndPlayed(Visit leader, Guid bulletin)
    {
        var page = leader.Page;
        await page.GotoAsync($"/bulletins/{bulletin}");
        var changes = page.Locator("[data-since-return]");
        await Expect(changes.Locator("ins").First).ToContainTextAsync("mời");
        await Expect(changes.Locator("del").First).ToBeVisibleAsync();
        await Expect(changes).ToContainTextAsync(Asked);
        await leader.Fits();
        await leader.IsAccessible();
        await leader.Picture("judging_390");

        // Asked first whether he knows that he has not heard it; after the sound's end that is not asked any more.
        await leader.Button("bulletin.sign").ClickAsync();
        var question = page.Locator("#confirm-question");
        await Expect(question).ToContainTextAsync(Unheard);
        await leader.View("sign-unheard");
        await page.Locator("#confirm button:not([data-yes])").First.ClickAsync();
        await page.Locator("[data-bulletin] [data-play]").ClickAsync();
        await page.WaitForFunctionAsync(
            "() => { const b = document.querySelector('[data-confirm-heard]'); return b.dataset.confirm === b.dataset.confirmHeard; }"
        );

        taps = 0;
        await Tap(leader.Button("bulletin.sign"));
        await Expect(question).Not.ToContainTextAsync(Unheard);
        await Tap(page.Locator("#confirm [data-yes]"));
        await Tap(leader.Link("bulletin.play-now"));
        await Tap(leader.Button("broadcast.play"));
        await Tap(page.Locator("#confirm [data-yes]"));
        await page.Locator("[data-state=ordered]").WaitForAsync();
        Assert.InRange(taps, 1, 5);
    }

    async Task IsStopped(Visit leader)
    {
        taps = 0;
        await Tap(leader.Button("broadcast.stop"));
        await Tap(leader.Page.Locator("#confirm [data-yes]"));
        await leader.Page.Locator("[data-state=stopped]").WaitForAsync();
        Assert.InRange(taps, 1, 2);
        await leader.Picture("stopped_390");
    }

    static string Unheard => Visit.Vi("bulletin.approve-unheard", "").Trim();

    async Task Tap(ILocator there)
    {
        taps++;
        await there.ClickAsync();
    }

    static Task<bool> IsInView(IPage page) =>
        page.EvaluateAsync<bool>(
            "() => { const r = document.querySelector('.pinned').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"
        );

    static Task StateIs(IPage page, string state) =>
        Expect(page.Locator(".page-actions .badge")).ToHaveTextAsync(Visit.Vi("state.bulletin." + state));
}
