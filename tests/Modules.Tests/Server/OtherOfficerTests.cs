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
        asked.Headers.Add(Sight.PageOfficer, page.ToString());
        return client.SendAsync(asked);
    }
}
