using Microsoft.Playwright;

namespace Loa.Browser;

/// <summary>One browser and its driver; what two of them do side by side never meets.</summary>
public sealed class Chromium : IAsyncDisposable
{
    static readonly string[] arguments =
    [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--autoplay-policy=no-user-gesture-required",
    ];

    readonly IPlaywright driver;

    Chromium(IPlaywright driver, IBrowser browser) => (this.driver, Browser) = (driver, browser);

    public IBrowser Browser { get; }

    public static async Task<Chromium> Start()
    {
        // Its browser is Debian's; nothing is downloaded.
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var playwright = await Playwright.CreateAsync();
        var program = Environment.GetEnvironmentVariable("LOA_TEST_CHROMIUM") ?? "/usr/bin/chromium";
        return new(
            playwright,
            await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = arguments })
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        driver.Dispose();
    }
}
