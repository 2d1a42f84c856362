using System.Net.Http.Headers;
using System.Net.Http.Json;
using Loa.Kernel;
using Loa.People;

namespace Loa.Newsroom;

/// <summary>Sent back, mended, judged again: nobody does it from memory.</summary>
[Collection(nameof(RunningServer))]
public sealed class ReturnTests(RunningServer server)
{
    [Fact]
    public async Task The_comment_is_on_the_desk_and_the_leader_sees_what_was_changed_since()
    {
        var author = (await SomeOfficer.New(server)).Client;
        var leader = (await SomeOfficer.New(server, "approver")).Client;
        var text = Desk.NewText();
        var draft = await author.Write("Lịch tiêm", text);
        Assert.DoesNotContain("pinned", await Html(author, $"/bulletins/{draft.Id}/edit"), StringComparison.Ordinal);
        var submitted = await author.Do(await author.Do(draft, "voice"), "submit");
        Assert.DoesNotContain(
            "data-since-return",
            await Html(leader, $"/bulletins/{draft.Id}"),
            StringComparison.Ordinal
        );

        var returned = await leader.Do(submitted, "return", "Thêm giờ bắt đầu.\nBỏ số phòng.");
        foreach (var page in (string[])["", "/edit"])
        {
            var seen = await Html(author, $"/bulletins/{draft.Id}{page}");
            Assert.Contains("pinned", seen, StringComparison.Ordinal);
            Assert.Contains("Thêm giờ bắt đầu.", seen, StringComparison.Ordinal);
        }

        // Sent again as it was, it says so.
        submitted = await author.Do(returned, "submit");
        Assert.Contains(
            Words.Get("bulletin.unchanged"),
            await Html(leader, $"/bulletins/{draft.Id}"),
            StringComparison.Ordinal
        );
        returned = await leader.Do(submitted, "return", "Vẫn thiếu giờ.");
        var mended = Moved.Of(
            await author
                .PostAsJsonAsync(
                    $"/bulletins/{draft.Id}/text",
                    new
                    {
                        title = "Lịch tiêm chủng",
                        text = text + " Bắt đầu 7 giờ.",
                        seen = returned.Acts,
                    }
                )
                .Json()
        );
        await author.Do(await author.Do(mended, "voice"), "submit");
        var judged = await Html(leader, $"/bulletins/{draft.Id}");
        Assert.Contains($"data-before=\"{text}\"", judged, StringComparison.Ordinal);
        Assert.Contains("data-before=\"Lịch tiêm\"", judged, StringComparison.Ordinal);
        Assert.Contains("Vẫn thiếu giờ.", judged, StringComparison.Ordinal);
        Assert.DoesNotContain(Words.Get("bulletin.unchanged"), judged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_question_before_a_signature_names_class_and_length_and_that_it_was_not_heard()
    {
        var author = (await SomeOfficer.New(server)).Client;
        var leader = await Leader.SignIn(server, "loctan.duyet");
        var submitted = await author.Submit("Lịch cấp nước");
        var page = await Html(leader.Client, $"/bulletins/{submitted.Id}");
        var at = page.IndexOf(
            "data-confirm=",
            page.IndexOf("/approve\"", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        var question = page[at..(at + 400)];
        Assert.Contains(Words.Get("bulletin.approve-unheard", ""), question, StringComparison.Ordinal);
        Assert.Contains("Lịch cấp nước", question, StringComparison.Ordinal);
        Assert.Contains(Words.Get("class.ordinary"), question, StringComparison.OrdinalIgnoreCase);
        Assert.Matches(@"dài \d+:\d\d", question);
        Assert.Contains("data-confirm-heard=", page, StringComparison.Ordinal);
    }

    static async Task<string> Html(HttpClient client, string path)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path);
        asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var answer = await client.SendAsync(asked);
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
