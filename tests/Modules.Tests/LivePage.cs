using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Loa;

/// <summary>An open page as a browser keeps it: rung for by its stream it asks for the parts that it does not have yet.</summary>
sealed partial class LivePage : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly HttpClient client;
    readonly string path;
    readonly HttpResponseMessage stream;
    readonly StreamReader bell;
    readonly Dictionary<string, (string Tag, string Html)> parts = new(StringComparer.Ordinal);
    Task? rung;

    LivePage(HttpClient client, string path, HttpResponseMessage stream, Stream bell) =>
        (this.client, this.path, this.stream, this.bell) = (client, path, stream, new(bell));

    public static async Task<LivePage> Open(HttpClient client, string page)
    {
        var topics = Topics().Match(await client.GetStringAsync(page)).Groups["of"].Value.Split(' ');
        var query = string.Join('&', topics.Select(t => $"of={Uri.EscapeDataString(t)}"));
        var opened = await client.GetAsync($"/live/events?{query}", HttpCompletionOption.ResponseHeadersRead);
        opened.EnsureSuccessStatusCode();
        return new(client, page, opened, await opened.Content.ReadAsStreamAsync());
    }

    /// <summary>The first version of it that says this.</summary>
    public async Task<string> Shows(string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            await Ask(timeout.Token);
            var shown = WebUtility.HtmlDecode(string.Concat(parts.Values.Select(p => p.Html)));
            if (shown.Contains(text, StringComparison.Ordinal))
                return shown;
            await RingOrTurn(shown, timeout.Token);
        }
    }

    async Task Ask(CancellationToken cancel)
    {
        using var asking = new HttpRequestMessage(HttpMethod.Get, path);
        asking.Headers.Add("Loa-Live", "1");
        asking.Headers.TryAddWithoutValidation(
            "If-None-Match",
            string.Join(", ", parts.Values.Select(p => $"\"{p.Tag}\""))
        );
        using var answer = await client.SendAsync(asking, cancel);
        foreach (Match part in Parts().Matches(await answer.Content.ReadAsStringAsync(cancel)))
            parts[part.Groups["id"].Value] = (part.Groups["tag"].Value, part.Groups["html"].Value);
    }

    async Task RingOrTurn(string shown, CancellationToken cancel)
    {
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        rung ??= Ring(cancel);
        await Task.WhenAny(rung, Task.Delay(UntilTurn(shown), TimeProvider.System, looking.Token));
        cancel.ThrowIfCancellationRequested();
        if (rung.IsCompleted)
        {
            await rung;
            rung = null;
        }
        await looking.CancelAsync();
    }

    static TimeSpan UntilTurn(string shown)
    {
        if (Turn().Match(shown) is not { Success: true } at)
            return Timeout.InfiniteTimeSpan;
        var turn = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(at.Groups["at"].Value, CultureInfo.InvariantCulture)
        );
        var left = turn - TimeProvider.System.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    async Task Ring(CancellationToken cancel)
    {
        while (await bell.ReadLineAsync(cancel) is { } line)
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return;
        throw new EndOfStreamException(path);
    }

    public ValueTask DisposeAsync()
    {
        bell.Dispose();
        stream.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex("data-live=\"(?<of>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Topics();

    [GeneratedRegex("data-live-turn=\"(?<at>[0-9]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Turn();

    [GeneratedRegex(
        "<!--live:(?<tag>[0-9a-f]+)-->(?<html>\\s*<div id=\"(?<id>[a-z]+)\".*?)(?=<!--live:|$)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Parts();
}
