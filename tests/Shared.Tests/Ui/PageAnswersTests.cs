using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loa.Ui;

[AnyEngine]
public sealed class PageAnswersTests : IAsyncLifetime
{
    WebApplication server = null!;
    HttpClient browser = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddUi();
        server = builder.Build();
        server.UseUi();
        server.MapGet(
            "/done",
            (HttpContext http) =>
            {
                http.Say("gallery.saved");
                return TypedResults.Redirect("/next");
            }
        );
        server.MapGet(
            "/part",
            (HttpContext http) =>
            {
                http.Say("gallery.saved");
                return "<p>";
            }
        );
        await server.StartAsync();
        browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(server.Urls.Single()),
        };
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Scripts_and_styles_come_from_here_only()
    {
        using var answer = await browser.GetAsync("/part");

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Htmx_is_led_on_by_a_header_and_told_on_the_next_page()
    {
        using var answer = await Ask("/done", partial: true);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("/next", answer.Headers.GetValues("HX-Redirect").Single());
        Assert.False(answer.Headers.Contains("HX-Trigger"));
        Assert.StartsWith(
            "loa-toast=gallery.saved",
            answer.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plain_form_is_redirected()
    {
        using var answer = await Ask("/done", partial: false);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/next", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_part_of_a_page_brings_its_word_along()
    {
        using var answer = await Ask("/part", partial: true);

        Assert.Contains("loa:toast", answer.Headers.GetValues("HX-Trigger").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    async Task<HttpResponseMessage> Ask(string path, bool partial)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (partial)
            request.Headers.Add("HX-Request", "true");
        return await browser.SendAsync(request);
    }
}
