using System.Net;
using System.Text.RegularExpressions;

namespace Loa;

/// <summary>A broken bookmark is a page of the product that says so, and never the browser's own.</summary>
public sealed class StatusPagesTests(RunningServer server)
{
    [Theory]
    [InlineData("/khong-co", HttpStatusCode.NotFound, "status.404")]
    [InlineData("/bulletins/abc", HttpStatusCode.NotFound, "status.404")]
    [InlineData("/retention/logs?after=abc", HttpStatusCode.BadRequest, "status.400")]
    public async Task A_person_is_told_in_his_words_and_shown_a_way_on(string path, HttpStatusCode status, string key)
    {
        using var officer = await server.SignedIn("tinh.quantri");
        using var answer = await Ask(officer, path);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(Kernel.Words.All[key][0], WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        // With menu and all: he is still signed in.
        Assert.Contains("href=\"/units\"", page, StringComparison.Ordinal);
        if (status == HttpStatusCode.BadRequest)
            Assert.Contains($"class=\"btn btn-primary\" href=\"{path.Split('?')[0]}\"", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "btn-primary\" href"));
    }

    [Fact]
    public async Task A_stranger_is_told_too_and_a_program_gets_no_page()
    {
        using var stranger = server.Client();
        using var answer = await Ask(stranger, "/khong-co");
        Assert.Contains(
            Kernel.Words.All["status.404"][0],
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()),
            StringComparison.Ordinal
        );

        using var program = await stranger.GetAsync("/khong-co");
        Assert.Equal(HttpStatusCode.NotFound, program.StatusCode);
        Assert.DoesNotContain("<html", await program.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_script_what_was_typed_comes_back_with_what_is_wrong()
    {
        using var author = await server.SignedIn("loctan.bientap");
        var form = new Dictionary<string, string>
        {
            ["title"] = "",
            ["text"] = "Kính thưa bà con, mời họp thôn.",
            ["class"] = "ordinary",
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/bulletins")
        {
            Headers = { { "Accept", "text/html" } },
            Content = new FormUrlEncodedContent(form),
        };
        using var answer = await author.SendAsync(request);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("<form method=\"post\" action=\"/bulletins\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Kính thưa bà con, mời họp thôn.\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"class\" value=\"ordinary\"", page, StringComparison.Ordinal);
        Assert.Matches("id=\"bulletins-title-error\"[^>]*>Vui lòng nhập", page);
    }

    [Fact]
    public async Task A_password_never_comes_back()
    {
        using var stranger = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Headers = { { "Accept", "text/html" } },
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string> { ["userName"] = "ai đó", ["password"] = "câu dài bí mật" }
            ),
        };
        using var answer = await stranger.SendAsync(request);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Contains("type=\"password\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("bí mật", page, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int, string> Refusals =>
        new()
        {
            { "GET", "/khong-co", 404, "tinh.quantri" },
            { "GET", "/bulletins/0192f0a0-0000-7000-8000-000000000000", 404, "tinh.quantri" },
            { "GET", "/retention/logs?after=abc", 400, "tinh.quantri" },
            { "GET", "/officers", 403, "loctan.bientap" },
            { "GET", "/sign-out", 405, "loctan.bientap" },
            { "POST", "/units", 400, "tinh.quantri" },
            { "POST", "/officers", 403, "loctan.bientap" },
            { "POST", "/khong-co", 404, "loctan.bientap" },
        };

    [Theory, MemberData(nameof(Refusals))]
    public async Task Whatever_is_refused_is_a_page_in_the_language_one_chose(
        string method,
        string path,
        int status,
        string account
    )
    {
        using var officer = await server.SignedIn(account);
        foreach (var language in new[] { "vi", "en" })
        {
            var choice = new Dictionary<string, string> { ["language"] = language, ["back"] = "/" };
            (await officer.PostAsync("/language", new FormUrlEncodedContent(choice))).Dispose();
            using var request = new HttpRequestMessage(new(method), path) { Headers = { { "Accept", "text/html" } } };
            if (method == "POST")
                request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["text"] = "a" });
            using var answer = await officer.SendAsync(request);
            var page = await answer.Content.ReadAsStringAsync();

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
            // A way on: back to where it was, or home.
            Assert.Matches("<main.*(class=\"btn[^\"]*\" href=|<form method=\"post\")", page.ReplaceLineEndings(" "));
        }
    }

    static async Task<HttpResponseMessage> Ask(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        return await client.SendAsync(request);
    }
}
