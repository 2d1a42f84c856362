using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Loa.Ui;

[AnyEngine]
public sealed partial class WebFilesTests : IAsyncLifetime
{
    WebApplication server = null!;
    HttpClient browser = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        WebFiles.Ui.Map(server);
        await server.StartAsync();
        browser = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_file_is_kept_for_a_year_and_travels_packed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, WebFiles.Ui.Url("lib/tabler.css"));
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");

        using var answer = await browser.SendAsync(request);
        var packed = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/css", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("br", answer.Content.Headers.ContentEncoding.Single());
        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl!.MaxAge);
        Assert.InRange(packed.Length, 10_000, 100_000);
    }

    [Fact]
    public async Task A_browser_that_holds_the_file_is_not_sent_it_again()
    {
        var url = WebFiles.Ui.Url("js/site.js");
        using var first = await browser.GetAsync(url);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_page_of_the_build_before_finds_its_files_but_may_not_keep_them()
    {
        using var answer = await browser.GetAsync("/files/ui/000000000000/css/site.css");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        using var answer = await browser.GetAsync("/files/ui/0/../../appsettings.json");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void Every_icon_that_a_page_names_is_carried()
    {
        var pages = new[] { "apps", "modules", "shared" }.SelectMany(f =>
            Directory.EnumerateFiles(Path.Combine(House(), f), "*.razor", SearchOption.AllDirectories)
        );

        var named = pages.SelectMany(page => IconName().Matches(File.ReadAllText(page)).Select(m => m.Groups[1].Value));

        Assert.All(named.Distinct(), name => Assert.NotEmpty(WebFiles.Ui.Url($"lib/icons/{name}.svg")));
    }

    static string House()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Loa.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("""(?:<Icon Name|\bIcon)="([a-z0-9-]+)[" ]""")]
    private static partial Regex IconName();
}
