using System.Threading.Channels;

namespace Loa.Browser;

/// <summary>Looks at pages two at a time, each browser at its own: while one page is drawn and judged, the next is served.</summary>
public sealed class PageLooks : IAsyncLifetime
{
    const int Browsers = 2;

    readonly Channel<Chromium> free = Channel.CreateUnbounded<Chromium>();
    readonly Dictionary<object, Task> begun = [];

    public async ValueTask InitializeAsync()
    {
        for (var number = 0; number < Browsers; number++)
            await free.Writer.WriteAsync(await Chromium.Start());
    }

    /// <summary>The look at one page; those after it are begun meanwhile.</summary>
    public Task At<TPage>(IReadOnlyList<TPage> pages, TPage page, Func<TPage, Chromium, Task> look)
        where TPage : notnull
    {
        foreach (var near in pages.SkipWhile(other => !other.Equals(page)).Take(Browsers + 1))
            if (!begun.ContainsKey(near))
                begun[near] = Begin(near, look);
        return begun[page];
    }

    async Task Begin<TPage>(TPage page, Func<TPage, Chromium, Task> look)
    {
        var browser = await free.Reader.ReadAsync();
        try
        {
            await look(page, browser);
        }
        finally
        {
            await free.Writer.WriteAsync(browser);
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var number = 0; number < Browsers; number++)
            await (await free.Reader.ReadAsync()).DisposeAsync();
    }
}
