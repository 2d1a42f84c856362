using System.Net;
using Loa.Kernel;
using Loa.People;

namespace Loa.Server;

/// <summary>What stands around every page: who is signed in, how it looks, why one is asked to sign in again.</summary>
public sealed class ShellTests(RunningServer server)
{
    [Fact]
    public async Task A_chosen_theme_is_on_the_page_before_any_script_runs_and_stays()
    {
        using var officer = await server.SignedIn("binhphuoc.bientap");
        Assert.Contains("data-theme=\"system\"", await officer.GetStringAsync("/account"), StringComparison.Ordinal);

        var chosen = new FormUrlEncodedContent([new("theme", "dark"), new("back", "/account?tab=1")]);
        var answer = await officer.PostAsync("/theme", chosen);

        Assert.Equal("/account?tab=1", answer.Headers.Location?.OriginalString);
        Assert.Contains("data-bs-theme=\"dark\"", await officer.GetStringAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_session_has_ended_is_told_so_and_a_stranger_is_not()
    {
        var some = await SomeOfficer.New(server);
        using var elsewhere = server.Client();
        await elsewhere.SignIn(some.UserName, some.Password).Json();
        await elsewhere.PostAsync("/sign-out-everywhere", null).Json();
        using var stranger = server.Client();

        var after = await Ask(some.Client, "/account");
        var before = await Ask(stranger, "/account");

        Assert.Contains(Words.Get("sign-in.expired"), await Page(stranger, after), StringComparison.Ordinal);
        Assert.DoesNotContain(Words.Get("sign-in.expired"), await Page(stranger, before), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_page_names_the_province_and_whom_to_ask()
    {
        using var stranger = server.Client();
        var page = await Page(stranger, "/sign-in");
        Assert.Contains("Đồng Nai", page, StringComparison.Ordinal);
        Assert.Contains(Words.Get("ui.contact.administrator"), page, StringComparison.Ordinal);
    }

    static async Task<string> Ask(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    static async Task<string> Page(HttpClient client, string path) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(path));
}
