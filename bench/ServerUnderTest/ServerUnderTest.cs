using Loa.Bench.Runs;

namespace Loa.Bench.UnderTest;

/// <summary>The server as its parent sees it.</summary>
public sealed record ServerUnderTest(Child Process, int Mqtt, int Http, string Folder) : IAsyncDisposable
{
    public Uri Web => new($"http://127.0.0.1:{Http}");

    /// <summary>One of the demo province's officers.</summary>
    public async Task<HttpClient> SignIn(string officer)
    {
        var password = (await File.ReadAllTextAsync(Path.Combine(Folder, "demo-password"))).Trim();
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Web };
        var form = new Dictionary<string, string> { ["userName"] = officer, ["password"] = password };
        using var signedIn = await http.PostAsync(
            new Uri("/sign-in", UriKind.Relative),
            new FormUrlEncodedContent(form)
        );
        return http;
    }

    /// <summary>The file it was told to show; null without TLS.</summary>
    public string? Certificate { get; init; }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        if (Certificate is not null)
            File.Delete(Certificate);
    }
}
