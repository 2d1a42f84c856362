using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>A page that renews itself costs little and leaves alone whoever uses it.</summary>
[Collection("town")]
public sealed class LivePagesTests(Town town)
{
    // Each renewal brings every part of the page anew, as if all of it had changed.
    const string AllChanges = """
        const real = window.fetch;
        window.renewals = 0;
        window.fetch = (url, options) => {
          if (!options?.headers?.['Loa-Live']) return real(url, options);
          delete options.headers['If-None-Match'];
          window.renewals++;
          return window.flight = real(url, options).then(async (answer) => { await answer.clone().text(); return answer; });
        };
        """;

    [Theory]
    [InlineData("/speakers", "tinh.kythuat")]
    [InlineData("/speakers/{speaker}", "thienhung.kythuat")]
    [InlineData("/speakers/jobs/{job}", "tinh.kythuat")]
    [InlineData("/broadcasts", "thienhung.duyet")]
    [InlineData("/broadcasts/{broadcast}", "thienhung.duyet")]
    [InlineData("/", "thienhung.duyet")]
    [InlineData("/notices", "thienhung.duyet")]
    [InlineData("/bulletins", "thienhung.bientap")]
    [InlineData("/bulletins/{submitted}", "thienhung.duyet")]
    [InlineData("/speakers/jobs", "tinh.kythuat")]
    [InlineData("/retention", "tinh.quantri")]
    [InlineData("/packages", "tinh.kythuat")]
    [InlineData("/speakers/root", "tinh.kythuat")]
    [InlineData("/rollouts/{rollout}", "tinh.kythuat")]
    [InlineData("/speakers/{speaker}/plays", "thienhung.kythuat")]
    public async Task A_minute_of_renewals_leaves_focus_marks_and_what_was_typed(string path, string account)
    {
        await using var visit = await Open(path, account);
        var page = visit.Page;
        await page.EvaluateAsync(
            """
            () => {
              const live = document.querySelector('[data-live]');
              window.kept = [...document.querySelectorAll('[data-live] :is(a[href], button)')].filter(e => e.checkVisibility()).at(-1);
              window.kept.focus();
              window.fields = [...document.querySelectorAll('[data-live] input[type=number], [data-live] textarea')].filter(f => f.checkVisibility());
              for (const field of window.fields) { field.value = '61'; field.dispatchEvent(new Event('input', { bubbles: true })); }
              window.folds = [...document.querySelectorAll('[data-live] details')];
              for (const fold of window.folds) fold.open = true;
              const words = document.createTreeWalker(live, NodeFilter.SHOW_TEXT);
              do window.word = words.nextNode(); while (window.word.data.trim().length < 4);
              getSelection().selectAllChildren(window.word.parentElement);
              window.marked = getSelection().toString();
              window.kept.focus();
            }
            """
        );
        await visit.Picture($"live_{path.Replace('/', '-')}_{Visit.Desk}");
        for (var renewal = 0; renewal < 12; renewal++)
            await Renew(page, TimeSpan.FromSeconds(5));

        var lost = await page.EvaluateAsync<string[]>(
            """
            () => [
              document.activeElement === window.kept ? '' : `focus: ${document.activeElement?.outerHTML.slice(0, 200)}`,
              getSelection().toString() === window.marked ? '' : `marked: ${getSelection()}`,
              ...window.fields.map(f => f.isConnected && f.value === '61' ? '' : `typed: ${f.outerHTML}`),
              ...window.folds.map(f => f.isConnected && f.open ? '' : `folded: ${f.outerHTML.slice(0, 100)}`),
            ].filter(Boolean)
            """
        );
        Assert.Empty(lost);
        visit.WentQuietly();
    }

    [Fact]
    public async Task A_bulletin_that_its_leader_sends_back_says_so_on_the_open_page_of_its_author()
    {
        var cancel = TestContext.Current.CancellationToken;
        var bulletin = await town.Submit("Thông báo sửa đường liên ấp", cancel);
        await using var author = await town.Officer("thienhung.bientap");
        var page = author.Page;
        await page.GotoAsync($"/bulletins/{bulletin}");
        await Expect(page.Locator("#stands")).ToContainTextAsync(Visit.Vi("state.bulletin.submitted"));
        await page.EvaluateAsync("() => { window.stayed = true; document.querySelector('[data-play]').focus(); }");

        var seen = (await town.Officers.Get("thienhung.duyet", $"/api/bulletins/{bulletin}", cancel)).GetProperty(
            "acts"
        );
        var why = new { seen = seen.GetInt32(), comment = "Thêm tên tuyến đường" };
        await town.Officers.Post("thienhung.duyet", $"/bulletins/{bulletin}/return", why, cancel);

        await Expect(page.Locator("#stands")).ToContainTextAsync(Visit.Vi("state.bulletin.returned"));
        await Expect(author.Link("bulletin.edit")).ToBeVisibleAsync();
        await Expect(page.Locator("#sent-back")).ToContainTextAsync(why.comment);
        await Expect(page.Locator("#may .history")).ToContainTextAsync(why.comment);
        Assert.True(
            await page.EvaluateAsync<bool>("() => window.stayed && document.activeElement.matches('[data-play]')"),
            "The page was loaded again, or the focus was taken."
        );
        author.WentQuietly();
    }

    [Fact]
    public async Task An_hour_before_a_page_that_changes_all_the_time_costs_a_megabyte_at_most()
    {
        await using var visit = await Open("/speakers/{speaker}", "thienhung.kythuat");
        var page = visit.Page;
        var line = await page.Context.NewCDPSessionAsync(page);
        var bytes = 0L;
        await line.SendAsync("Network.enable");
        line.Event("Network.loadingFinished").OnEvent += (_, told) =>
            bytes += (long)told!.Value.GetProperty("encodedDataLength").GetDouble();

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(1); passed += TimeSpan.FromSeconds(20))
            await Renew(page, TimeSpan.FromSeconds(20));

        var renewals = await page.EvaluateAsync<int>("() => window.renewals");
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes:N0} bytes in {renewals} renewals");
        Assert.InRange(renewals, 20, int.MaxValue);
        Assert.InRange(bytes, 1, 1_000_000);
    }

    async Task<Visit> Open(string path, string account)
    {
        var visit = await town.Officer(account);
        await visit.Page.Clock.InstallAsync();
        await visit.Page.AddInitScriptAsync(AllChanges);
        await visit.Page.GotoAsync(
            path.Replace("{speaker}", $"{town.Speaker}", StringComparison.Ordinal)
                .Replace("{rollout}", $"{town.Rollout}", StringComparison.Ordinal)
                .Replace("{job}", $"{town.Job}", StringComparison.Ordinal)
                .Replace("{broadcast}", $"{town.Broadcast}", StringComparison.Ordinal)
                .Replace("{submitted}", $"{town.Submitted}", StringComparison.Ordinal)
        );
        await Expect(visit.Page.Locator("[data-live]").First).ToBeVisibleAsync();
        return visit;
    }

    // The page's clock alone goes on: its timers come due, and the server is asked.
    static async Task Renew(IPage page, TimeSpan later)
    {
        await page.EvaluateAsync("() => document.dispatchEvent(new Event('loa:ring'))");
        await page.Clock.RunForAsync((long)later.TotalMilliseconds);
        await page.EvaluateAsync("async () => { await window.flight; }");
    }
}
