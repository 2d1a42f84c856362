using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>No word that an officer typed is lost, whatever becomes of the page, and nobody else sees it.</summary>
[Collection("second town")]
public sealed class DraftsTests(Town town)
{
    const string Author = "binhphuoc.bientap";
    const string Kept = "Kính thưa bà con, ngày 5 tháng 12 cắt điện.";
    const string Mended = "Kính thưa bà con, ngày 6 tháng 12 cắt điện.";

    [Fact]
    public async Task WhatWasTypedOutlivesTheSessionAndTheLanguageAndNobodyElseSeesIt()
    {
        await using var visit = await town.Stranger();
        var page = visit.Page;
        await visit.SignIn(Author, town.Server.DemoPassword);
        await page.GotoAsync("/bulletins/new");
        await Write(page, "Cắt điện", Kept);
        await page.Locator(".user-button").ClickAsync();
        await page.Locator(".user-menu [name=language][value=en]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(Text(page)).ToHaveValueAsync(Kept);
        await page.Locator(".user-button").ClickAsync();
        await page.Locator(".user-menu [name=language][value=vi]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "vi");
        // The page's scripts are there again.
        await Expect(Text(page)).ToHaveValueAsync(Kept);

        // The session is over; he signs in again and is back where he was.
        await page.Context.ClearCookiesAsync(new() { Name = await SessionCookie(page) });
        await visit.Button("desk.save").ClickAsync();
        await page.WaitForURLAsync("**/sign-in?next=*");
        await FillIn(visit, "thienhung.bientap", town.Server.DemoPassword);
        await page.WaitForURLAsync("**/bulletins/new");
        await Expect(page.Locator(".user-button")).ToBeVisibleAsync();
        await Expect(Text(page)).ToHaveValueAsync("");
        await Expect(page.Locator(".draft-offer")).ToHaveCountAsync(0);

        await page.Context.ClearCookiesAsync(new() { Name = await SessionCookie(page) });
        await page.ReloadAsync();
        await FillIn(visit, Author, town.Server.DemoPassword);
        await page.WaitForURLAsync("**/bulletins/new");
        await Expect(Text(page)).ToHaveValueAsync(Kept);

        await page.Locator(".user-button").ClickAsync();
        await page.Locator(".sign-out button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.GoBackAsync();
        await Expect(page.Locator("[name=password]")).ToBeVisibleAsync();
        Assert.Equal(
            0,
            await page.EvaluateAsync<int>(
                "() => Object.keys(localStorage).filter(k => k.startsWith('loa-draft')).length"
            )
        );
    }

    [Fact]
    public async Task AWindowLeftOpenActsForNobodyElseAndADuplicatedOneWritesADraftOfItsOwn()
    {
        await using var visit = await town.Stranger();
        var page = visit.Page;
        await visit.SignIn(Author, town.Server.DemoPassword);
        await page.GotoAsync("/bulletins/new");
        await Write(page, "Bản của tôi", Kept);

        // As a browser duplicates a window: what it keeps for the session comes along, and no page of it was left.
        var kept = await page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage })");
        var copy = await page.Context.NewPageAsync();
        await copy.AddInitScriptAsync($"Object.assign(sessionStorage, {kept});");
        await copy.GotoAsync("/bulletins/new");
        await Expect(copy.Locator(".draft-offer")).ToContainTextAsync("Bản của tôi");
        await Expect(Text(copy)).ToHaveValueAsync("");
        await copy.CloseAsync();

        // Another signs in in a second window: the first one's page is not his.
        var second = await page.Context.NewPageAsync();
        await page.Context.ClearCookiesAsync(new() { Name = await SessionCookie(page) });
        await second.GotoAsync("/sign-in");
        await second.Locator("[name=userName]").FillAsync("thienhung.bientap");
        await second.Locator("[name=password]").FillAsync(town.Server.DemoPassword);
        await second.Locator("main button[type=submit]").First.ClickAsync();
        await second.Locator(".user-button").WaitForAsync();
        await visit.Button("desk.save").ClickAsync();
        await Expect(page.Locator("#toasts, .toasts, main").First).ToContainTextAsync(Visit.Vi("page.another"));
        await Expect(Text(page)).ToHaveValueAsync(Kept);
    }

    [Fact]
    public async Task TwoWindowsWriteTwoBulletinsAndBackChangesTheSavedOne()
    {
        await using var visit = await town.Officer(Author);
        var first = visit.Page;
        await first.GotoAsync("/bulletins/new");
        await Write(first, "Bản tin một", Kept);

        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/bulletins/new");
        await Expect(second.Locator(".draft-offer")).ToContainTextAsync("Bản tin một");
        await Expect(Text(second)).ToHaveValueAsync("");
        await Write(second, "Bản tin hai", "Mời bà con họp tổ dân phố.");
        await Save(second);
        await Save(first);
        Assert.NotEqual(first.Url, second.Url);
        await second.CloseAsync();

        var saved = first.Url;
        await first.GoBackAsync();
        await first.WaitForURLAsync("**/edit");
        await Expect(Text(first)).ToHaveValueAsync(Kept);
        await Text(first).FillAsync(Mended);
        await Save(first);
        Assert.Equal(saved, first.Url);
        await Expect(first.Locator("[data-bulletin]")).ToContainTextAsync("ngày 6 tháng 12");
        visit.WentQuietly();
    }

    [Fact]
    public async Task OfTwoWhoChangeABulletinTheSlowerSeesBothTextsAlsoAfterAReload()
    {
        await using var visit = await town.Officer(Author, Visit.Phone);
        var page = visit.Page;
        await page.GotoAsync("/bulletins/new");
        await Write(page, "Lịch cắt điện", Kept);
        await Save(page);
        await page.GotoAsync(page.Url + "/edit");
        await Text(page).FillAsync(Mended);

        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await Text(other).FillAsync(Kept.Replace("bà con", "toàn thể bà con", StringComparison.Ordinal));
        await Save(other);
        await other.CloseAsync();

        await visit.Button("desk.save").ClickAsync();
        await ShowsBoth(page);
        await visit.Fits();
        await visit.IsAccessible();
        await visit.Picture("draft-differs_390");
        await visit.Widen(Visit.Desk);
        await visit.Picture("draft-differs_1440");
        await page.ReloadAsync();
        await ShowsBoth(page);
        await page.Locator("[data-use-saved]").ClickAsync();
        await Expect(Text(page)).ToHaveValueAsync("Kính thưa toàn thể bà con, ngày 5 tháng 12 cắt điện.");
        await page.Locator("[data-use-mine]").ClickAsync();
        await Save(page);
        await Expect(page.Locator("[data-bulletin]")).ToContainTextAsync("ngày 6 tháng 12");
    }

    [Fact]
    public async Task ACommentIsThereAgainAfterAReload()
    {
        await using var visit = await town.Officer("thienhung.duyet");
        var page = visit.Page;
        await page.GotoAsync($"/bulletins/{town.Submitted}");
        var comment = page.Locator("form[action$='/return'] textarea");
        await comment.FillAsync("Thêm giờ bắt đầu và kết thúc.");
        await page.ReloadAsync();
        await Expect(comment).ToHaveValueAsync("Thêm giờ bắt đầu và kết thúc.");
        visit.WentQuietly();
    }

    static ILocator Text(IPage page) => page.Locator("[name=text]");

    static async Task Write(IPage page, string title, string text)
    {
        await page.Locator("[name=title]").FillAsync(title);
        await Text(page).FillAsync(text);
        await page.Locator("[name=class]").SelectOptionAsync("ordinary");
    }

    static async Task Save(IPage page)
    {
        await page.Locator("[data-desk] button[type=submit]").ClickAsync();
        await page.Locator("[data-bulletin]").WaitForAsync();
    }

    static async Task FillIn(Visit visit, string account, string password)
    {
        await visit.Page.Locator("[name=userName]").FillAsync(account);
        await visit.Page.Locator("[name=password]").FillAsync(password);
        await visit.Button("sign-in.do").ClickAsync();
    }

    static async Task ShowsBoth(IPage page)
    {
        await Expect(page.Locator("[data-draft-differs] del")).ToContainTextAsync(["toàn", "5"]);
        await Expect(page.Locator("[data-draft-differs] ins")).ToContainTextAsync(["6"]);
        await Expect(Text(page)).ToHaveValueAsync(Mended);
    }

    static async Task<string> SessionCookie(IPage page) =>
        Assert
            .Single(
                await page.Context.CookiesAsync(),
                c => c.Name.Contains("session", StringComparison.OrdinalIgnoreCase)
            )
            .Name;
}
