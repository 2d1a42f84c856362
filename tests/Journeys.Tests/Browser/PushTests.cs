using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>
/// A browser is let show notices, as far as a test can go: a window of its own is a private one, which has no push, and says so on
/// its console. What it would be sent is told by WaysTests.
/// </summary>
[Collection("town")]
public sealed class PushTests(Town town)
{
    // It pretends for a while that somebody was asked.
    const float Patience = 30_000;

    const string Noting = """
        const real = PushManager.prototype.subscribe;
        PushManager.prototype.subscribe = function (options) { window.asked = options; return real.call(this, options); };
        """;

    [Fact]
    public async Task ItAsksItsMakerByOurKeyAndTellsWhatCameOfIt()
    {
        await using var visit = await town.Officer("thienhung.duyet");
        var page = visit.Page;
        await page.Context.GrantPermissionsAsync(["notifications"]);
        await page.AddInitScriptAsync(Noting);
        await page.GotoAsync("/notices/choices");
        await visit.Button("notices.push.start").ClickAsync();
        await Expect(page.Locator("[data-push-state]"))
            .ToHaveTextAsync(Visit.Vi("notices.push.failed"), new() { Timeout = Patience });
        // It may be tried again.
        await Expect(visit.Button("notices.push.start")).ToBeVisibleAsync();
        Assert.Equal(
            await page.EvaluateAsync<string>("async () => (await (await fetch('/api/notices/push')).json()).key"),
            await page.EvaluateAsync<string>("() => window.asked.applicationServerKey")
        );
        Assert.True(await page.EvaluateAsync<bool>("() => window.asked.userVisibleOnly"));
        Assert.EndsWith(
            "/worker.js",
            await page.EvaluateAsync<string>("async () => (await navigator.serviceWorker.ready).active.scriptURL"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task ItCanBePutOnTheFirstScreenOfATelephone()
    {
        await using var visit = await town.Officer("thienhung.duyet");
        await visit.Page.GotoAsync("/");
        var missing = await visit.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const url = document.querySelector("link[rel=manifest]").href;
              const manifest = await (await fetch(url)).json();
              const lacks = ["name", "start_url", "display"].filter((key) => !manifest[key]);
              const sizes = (manifest.icons ?? []).map((icon) => icon.sizes);
              for (const size of ["192x192", "512x512"]) if (!sizes.includes(size)) lacks.push(size);
              for (const icon of manifest.icons ?? []) {
                const image = new Image();
                image.src = new URL(icon.src, url).href;
                await image.decode();
              }
              return lacks;
            }
            """
        );
        Assert.Empty(missing);
        visit.WentQuietly();
    }
}
