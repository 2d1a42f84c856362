using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.People;

namespace Loa.Server;

/// <summary>A page that was left open acts for nobody but the officer it was opened by.</summary>
[Collection(nameof(RunningServer))]
public sealed class OtherOfficerTests(RunningServer server)
{
    [Fact]
    public async Task What_one_officers_page_sends_under_anothers_session_is_refused_by_name_and_changes_nothing()
    {
        var (one, other) = (await SomeOfficer.New(server), await SomeOfficer.New(server));
        var draft = await one.Client.Write();
        var title = Guid.CreateVersion7().ToString();
        using var refused = await Post(other.Client, one.Id, "/bulletins", title);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("page.of-another", problem.GetProperty("code").GetString());
        Assert.Contains("Cán bộ thử", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using (var moved = await Post(other.Client, one.Id, $"/bulletins/{draft.Id}/text", title, draft.Acts))
            Assert.Equal(HttpStatusCode.Conflict, moved.StatusCode);
        Assert.DoesNotContain(title, (await one.Client.See(draft.Id)).GetRawText(), StringComparison.Ordinal);

        // His own page, and a program that says nothing, go on.
        using var own = await Post(one.Client, one.Id, $"/bulletins/{draft.Id}/text", title, draft.Acts);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        await other.Client.Write();
    }

    [Theory]
    [InlineData("/bulletins")]
    [InlineData("/sign-out-everywhere")]
    [InlineData("/sign-out")]
    public async Task A_form_without_a_script_says_it_too_also_where_nothing_else_is_asked(string path)
    {
        var (one, other) = (await SomeOfficer.New(server), await SomeOfficer.New(server));
        var form = new Dictionary<string, string>
        {
            [PageOwner.Name] = one.Id.ToString(),
            ["title"] = "Lịch phát",
            ["text"] = Desk.NewText(),
            ["class"] = "ordinary",
        };
        using (var refused = await other.Client.PostAsync(path, new FormUrlEncodedContent(form)))
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await other.Client.GetAsync("/api/me").Json();

        using var own = await one.Client.PostAsync(path, new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.SeeOther, own.StatusCode);
    }

    [Fact]
    public async Task Who_he_was_is_told_only_where_he_is_a_colleague()
    {
        var (one, stranger) = (
            await SomeOfficer.New(server),
            await SomeOfficer.New(server, where: "thienhung.bientap")
        );
        using var refused = await Post(stranger.Client, one.Id, "/bulletins", "Lịch phát");
        var detail = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;

        Assert.StartsWith("Trang này do " + Words.Get("page.another"), detail, StringComparison.Ordinal);
    }

    static Task<HttpResponseMessage> Post(HttpClient client, Guid page, string path, string title, int seen = 0)
    {
        var asked = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(
                new
                {
                    title,
                    text = Desk.NewText(),
                    seen,
                }
            ),
        };
        asked.Headers.Add(PageOwner.Name, page.ToString());
        return client.SendAsync(asked);
    }
}
