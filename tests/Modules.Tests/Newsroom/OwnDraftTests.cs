using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Loa.People;

namespace Loa.Newsroom;

/// <summary>A draft is its author's and his unit's until it is sent: nobody above reads, changes, hears, counts, finds or takes it.</summary>
[Collection(nameof(RunningServer))]
public sealed class OwnDraftTests(RunningServer server)
{
    // Method and address → what a stranger to the draft is answered; nothing else is left.
    static readonly (string Method, string Path)[] doors =
    [
        ("GET", "/bulletins/{0}"),
        ("GET", "/api/bulletins/{0}"),
        ("GET", "/bulletins/{0}/edit"),
        ("GET", "/bulletins/{0}/audio"),
        ("GET", "/bulletins/{0}/release"),
        ("GET", "/bulletins/{0}/units"),
        ("POST", "/bulletins/{0}/text"),
        ("POST", "/bulletins/{0}/voice"),
        ("POST", "/bulletins/{0}/submit"),
        ("POST", "/bulletins/{0}/discard"),
        ("POST", "/bulletins/{0}/restore"),
        ("POST", "/bulletins/{0}/return"),
        ("POST", "/bulletins/{0}/withdraw"),
        ("POST", "/bulletins/{0}/approve"),
    ];

    [Fact]
    public async Task Nobody_above_comes_to_a_draft_by_any_door_before_it_is_sent()
    {
        var author = (await SomeOfficer.New(server)).Client;
        var colleague = (await SomeOfficer.New(server)).Client;
        var leader = (await SomeOfficer.New(server, "approver")).Client;
        var province = await server.UnitOf("tinh.duyet");
        var above = await SomeOfficer.In(server, "author", province);
        var chief = await SomeOfficer.In(server, "approver", province);
        var word = "nhap" + Guid.CreateVersion7().ToString("N")[^10..];

        var draft = await author.Do(await author.Write(word), "voice");
        Assert.DoesNotContain(word, await above.Client.GetStringAsync("/"), StringComparison.Ordinal);
        foreach (var stranger in (HttpClient[])[above.Client, chief.Client])
        {
            await Shut(stranger, draft);
            Assert.False(await Finds(stranger, word, draft));
        }
        foreach (var one in (HttpClient[])[author, colleague, leader])
        {
            await one.See(draft.Id);
            Assert.True(await Finds(one, word, draft));
        }

        // Thrown away it is as much their own as before; brought back too.
        var discarded = await colleague.Do(draft, "discard");
        await Shut(above.Client, discarded);
        var sent = await author.Do(await author.Do(discarded, "restore"), "submit");
        await above.Client.See(sent.Id);
        Assert.True(await Finds(chief.Client, word, sent));
        // What was sent once stays in sight when it comes back.
        await above.Client.See((await leader.Do(sent, "return", "Thêm giờ.")).Id);
    }

    [Fact]
    public async Task A_draft_is_its_authors_wherever_he_wrote_it_for()
    {
        var province = await SomeOfficer.In(server, "author", await server.UnitOf("tinh.duyet"));
        var other = await SomeOfficer.In(server, "author", await server.UnitOf("tinh.duyet"));
        var commune = await SomeOfficer.New(server);
        var draft = Moved.Of(
            await province
                .Client.PostAsJsonAsync(
                    "/bulletins",
                    new
                    {
                        title = "Cho xã",
                        text = Desk.NewText(),
                        unit = await server.UnitOf("loctan.bientap"),
                    }
                )
                .Json(HttpStatusCode.Created)
        );
        await province.Client.See(draft.Id);
        await commune.Client.See(draft.Id);
        await Shut(other.Client, draft);
    }

    static async Task Shut(HttpClient stranger, Moved draft)
    {
        foreach (var (method, path) in doors)
        {
            using var asked = new HttpRequestMessage(new(method), string.Format(null, path, draft.Id));
            if (method == "POST")
                asked.Content = JsonContent.Create(
                    new
                    {
                        seen = draft.Acts,
                        title = "Của tôi",
                        text = "Của tôi.",
                        comment = "Vì sao",
                        release = "e30.e30.AA",
                    }
                );
            using var answer = await stranger.SendAsync(asked);
            Assert.True(
                answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden,
                $"{method} {path}: {answer.StatusCode}"
            );
            Assert.DoesNotContain(
                "tiêm phòng cho trẻ em",
                await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }
    }

    // By words, by browsing the list of its state, and in the file.
    static async Task<bool> Finds(HttpClient client, string word, Moved draft)
    {
        string[] paths =
        [
            $"/bulletins?q={word}",
            $"/bulletins?state={draft.State}",
            $"/bulletins.csv?columns=id&q={word}",
            $"/bulletins.csv?columns=id&state={draft.State}",
        ];
        var found = new List<bool>();
        foreach (var path in paths)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, path);
            asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
            using var answer = await client.SendAsync(asked);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync();
            found.Add(text.Contains(draft.Id.ToString(), StringComparison.Ordinal));
        }
        Assert.Single(found.Distinct());
        return found[0];
    }
}
