using System.Collections.Concurrent;
using System.Globalization;
using Loa.Kernel;
using Microsoft.Playwright;

namespace Loa.Browser;

/// <summary>One browser window with cookies and keys of its own, whose every complaint is kept.</summary>
public sealed class Visit : IAsyncDisposable
{
    public const int Desk = 1440;
    public const int Phone = 390;
    public const int Wall = 1920;

    // A list of a hundred cards is higher than what a browser without a graphics card can draw in one piece: it would draw for ever.
    const int Tallest = 8_000;

    static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    readonly IBrowserContext context;
    readonly ConcurrentQueue<string> complaints = new();

    Visit(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, said) =>
        {
            if (said.Type == "error")
                complaints.Enqueue($"{page.Url}: {said.Text} {said.Location}");
        };
        page.PageError += (_, error) => complaints.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    internal static async Task<Visit> Begin(
        IBrowser browser,
        Uri address,
        int width,
        string? session,
        string language = "vi-VN"
    )
    {
        var made = await browser.NewContextAsync(
            new()
            {
                BaseURL = address.ToString(),
                Locale = language,
                TimezoneId = "Asia/Ho_Chi_Minh",
                ViewportSize = new() { Width = width, Height = HeightOf(width) },
                StorageState = session,
            }
        );
        // Only against hanging, like all that a test waits for.
        made.SetDefaultTimeout(120_000);
        // What the content security policy stopped is told with the rest.
        await made.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => console.error(`CSP ${e.violatedDirective} ${e.blockedURI}`))"
        );
        return new(made, await made.NewPageAsync());
    }

    /// <summary>What the page says in Vietnamese.</summary>
    public static string Vi(string key, params object[] args) => string.Format(Vietnamese, Words.All[key][0], args);

    public async Task SignIn(string account, string password)
    {
        await Page.GotoAsync("/sign-in");
        await Page.Locator("[name=userName]").FillAsync(account);
        await Page.Locator("[name=password]").FillAsync(password);
        await Button("sign-in.do").ClickAsync();
        await Page.Locator(".user-button").WaitForAsync();
    }

    /// <summary>The same page in a window of another width.</summary>
    public Task Widen(int width) => Page.SetViewportSizeAsync(width, HeightOf(width));

    /// <summary>The device is set to day or night, and nothing takes its time to change.</summary>
    public Task Light(bool night) =>
        Page.EmulateMediaAsync(
            new() { ColorScheme = night ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce }
        );

    static int HeightOf(int width) =>
        width switch
        {
            Phone => 844,
            Wall => 1080,
            _ => 900,
        };

    public Task<string> Session() => context.StorageStateAsync();

    public ILocator Button(string key) =>
        Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = Vi(key), Exact = true });

    public ILocator Link(string key) =>
        Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = Vi(key), Exact = true });

    /// <summary>Opens what is rarely done.</summary>
    public Task Unfold(string key) =>
        Page.Locator("main summary", new() { HasTextString = Vi(key) }).First.ClickAsync();

    /// <summary>Presses a button that asks first, and says yes.</summary>
    public async Task Confirm(string key)
    {
        await Button(key).ClickAsync();
        await Assertions.Expect(Page.Locator("#confirm")).ToBeVisibleAsync();
        await Page.Locator("#confirm [data-yes]").ClickAsync();
    }

    /// <summary>Plays the sound within a part of the page and waits until the browser knows how long it is.</summary>
    public async Task Listen(string within)
    {
        var player = Page.Locator($"{within} [data-waveform]");
        await player.Locator("[data-play]").ClickAsync();
        await Page.WaitForFunctionAsync(
            "where => { const a = document.querySelector(where + ' [data-waveform] audio'); return a.duration > 0 && a.currentTime > 0; }",
            within
        );
        await player.Locator("[data-play]").ClickAsync();
    }

    /// <summary>The page said nothing in the console, broke no script and no content security policy.</summary>
    public void WentQuietly() => Assert.Empty(complaints);

    /// <summary>The same, of a page that others made and that tries whether it may make code of text: it may not, and goes on.</summary>
    public void WentQuietlyWithoutEval() =>
        Assert.DoesNotContain(complaints, said => !said.Contains("eval", StringComparison.OrdinalIgnoreCase));

    /// <summary>Nothing sticks out at the side.</summary>
    public async Task Fits()
    {
        var wide = await Page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= innerWidth ? [] :
              [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
                .map(e => `${e.tagName} ${e.className} ${Math.round(e.getBoundingClientRect().right)} px`).slice(0, 10)
            """
        );
        Assert.True(wide.Length == 0, $"{Page.Url} is wider than the window: {string.Join("; ", wide)}");
    }

    /// <summary>However far the page was read, the bar with the way to the menu is there, and on a desk the menu itself.</summary>
    public async Task KeepsItsBarInView()
    {
        var lost = await Page.EvaluateAsync<string[]>(
            """
            () => {
              scrollTo(0, document.documentElement.scrollHeight);
              const seen = (e) => {
                const { top, bottom, left, width } = e.getBoundingClientRect();
                return bottom > 0 && top >= -1 && top < innerHeight && document.elementFromPoint(left + width / 2, Math.max(top, 0) + 4)?.closest(".top-bar, #menu") != null;
              };
              const lost = [".top-bar", innerWidth < 992 ? ".menu-button" : "#menu"]
                .flatMap((name) => [...document.querySelectorAll(name)].filter((e) => !seen(e)).map(() => name));
              scrollTo(0, 0);
              return lost;
            }
            """
        );
        Assert.True(lost.Length == 0, $"{Page.Url} at {Page.ViewportSize!.Width} px loses {string.Join(", ", lost)}");
    }

    /// <summary>A thumb meets what it aims at: 24 px each way, but for links within a sentence (WCAG 2.5.8).</summary>
    public async Task IsTouchable()
    {
        var small = await Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('main :is(a[href], button, select, summary, input:not([type=hidden]))')]
              .filter(e => e.checkVisibility({ checkVisibilityCSS: true }))
              .filter(e => !(getComputedStyle(e).display === 'inline' && [...e.parentNode.childNodes].some(n => n.nodeType === 3 && n.data.trim().length > 1)))
              .map(e => [e, (e.matches('[type=checkbox], [type=radio]') && e.labels[0] || e).getBoundingClientRect()])
              .filter(([, box]) => box.height > 0 && Math.min(box.height, box.width) < 23.5)
              .map(([e, box]) => `${e.tagName} ${e.className} “${e.textContent.trim().slice(0, 30)}” ${Math.round(box.width)}×${Math.round(box.height)}`)
              .slice(0, 10)
            """
        );
        Assert.True(small.Length == 0, $"{Page.Url} is hard to touch: {string.Join("; ", small)}");
    }

    /// <summary>One thing at most stands out as what is to be done; where nothing is, that or a way on is there, unless all is well.</summary>
    public async Task SaysWhatToDo()
    {
        var lost = await Page.EvaluateAsync<string[]>(
            """
            () => {
              const shown = (name) => [...document.querySelectorAll(name)].filter(e => e.checkVisibility({ checkVisibilityCSS: true }));
              const first = shown('.btn-primary').filter(e => !e.closest('.secondary')).map(e => `“${e.textContent.trim()}”`);
              return [
                ...first.length > 1 ? [`${first.length} first things to do: ${first.join(', ')}`] : [],
                ...first.length > 0 ? [] : shown('.empty-state:not(.is-well)').filter(e => !e.querySelector('a[href], button')).map(e => `no way on from “${e.textContent.trim()}”`),
              ];
            }
            """
        );
        Assert.True(lost.Length == 0, $"{Page.Url}: {string.Join("; ", lost)}");
    }

    /// <summary>axe-core finds nothing at all.</summary>
    public async Task IsAccessible()
    {
        var faults = await Axe.Faults(Page);
        Assert.True(faults.Length == 0, $"{Page.Url} {string.Join("\n", faults.Take(10))}");
    }

    /// <summary>Keeps a picture of the whole page where LOA_TEST_PICTURES says, for people who look at it.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("LOA_TEST_PICTURES") is not { Length: > 0 } folder)
            return;
        // The window as high as the page: what sticks to the window's edge is where it belongs.
        var (width, height) = (Page.ViewportSize!.Width, Page.ViewportSize.Height);
        var whole = await Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        await Page.SetViewportSizeAsync(width, Math.Clamp(whole, height, Tallest));
        await Page.ScreenshotAsync(
            new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled }
        );
        await Page.SetViewportSizeAsync(width, height);
    }

    /// <summary>Keeps a picture of the window alone: a question lies over the part of the page that shows.</summary>
    public async Task View(string name)
    {
        if (Environment.GetEnvironmentVariable("LOA_TEST_PICTURES") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(
                new()
                {
                    Path = Path.Combine(folder, $"{name}_{Page.ViewportSize!.Width}.png"),
                    Animations = ScreenshotAnimations.Disabled,
                }
            );
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
