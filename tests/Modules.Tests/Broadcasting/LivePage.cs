using System.Text;

namespace Loa.Broadcasting;

/// <summary>An open page of one broadcast: what the server sends to it.</summary>
sealed class LivePage : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly HttpResponseMessage answer;
    readonly StreamReader reader;

    LivePage(HttpResponseMessage answer, Stream stream) => (this.answer, reader) = (answer, new(stream));

    public static async Task<LivePage> Open(HttpClient client, Guid broadcast)
    {
        var opened = await client.GetAsync($"/broadcasts/{broadcast}/events", HttpCompletionOption.ResponseHeadersRead);
        opened.EnsureSuccessStatusCode();
        return new(opened, await opened.Content.ReadAsStreamAsync());
    }

    /// <summary>The first version of it that says this.</summary>
    public async Task<string> Shows(string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var shown = new StringBuilder();
        while (await reader.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                shown.AppendLine(line["data: ".Length..]);
            if (line.Length > 0)
                continue;
            var version = System.Net.WebUtility.HtmlDecode(shown.ToString());
            if (version.Contains(text, StringComparison.Ordinal))
                return version;
            shown.Clear();
        }
        throw new EndOfStreamException(text);
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
