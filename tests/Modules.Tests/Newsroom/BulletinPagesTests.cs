using System.Net;
using System.Net.Http.Json;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.People;

namespace Loa.Newsroom;

public sealed class BulletinPagesTests(RunningServer server)
{
    [Fact]
    public async Task What_was_typed_is_shown_as_text_and_never_run()
    {
        const string Danger = "<script>alert(1)</script>";
        var author = await server.SignedIn("thienhung.bientap");
        var draft = await author.Write("Tin " + Danger, "Lời " + Danger);

        foreach (var url in (string[])[$"/bulletins/{draft.Id}", $"/bulletins/{draft.Id}/edit", "/bulletins?q=alert"])
        {
            var page = await Page(author, url);
            Assert.DoesNotContain(Danger, page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_bulletin_is_found_without_diacritics_and_by_its_state()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var draft = await author.Write("Đốt rẫy mùa khô", "Cấm đốt rẫy khi có gió lớn.");

        Assert.Contains(
            $"/bulletins/{draft.Id}",
            await Page(author, "/bulletins?q=dot ray gio lon"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"/bulletins/{draft.Id}",
            await Page(author, "/bulletins?q=ĐỐT&state=draft"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            $"/bulletins/{draft.Id}",
            await Page(author, "/bulletins?q=dot&state=approved"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            $"/bulletins/{draft.Id}",
            await Page(author, "/bulletins?q=khong-co-tin-nay"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_waits_for_approval_says_until_when_and_what_waited_longer_that_it_is_late()
    {
        var author = await server.SignedIn("thienhung.bientap");
        var unit = await server.UnitOf("thienhung.bientap");
        var now = server.Clock.Moment();
        foreach (
            var (title, hours, isLate) in ((string, int, bool)[])[("Chờ chưa lâu", 1, false), ("Chờ lâu", 25, true)]
        )
        {
            var unique = $"{title} {Guid.CreateVersion7():N}";
            var id = await server.With<NewsroomDb, Guid>(db => db.Submitted(unit, unique, now.AddHours(-hours)));
            var page = WebUtility.HtmlDecode(await Page(author, $"/bulletins?q={Uri.EscapeDataString(unique)}"));
            Assert.Contains($"/bulletins/{id}", page, StringComparison.Ordinal);
            Assert.Equal(isLate, page.Contains(Words.Get("bulletins.late"), StringComparison.Ordinal));
            Assert.Equal(!isLate, page.Contains(Words.Get("bulletins.due"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_list_taken_away_holds_no_formula()
    {
        var author = await server.SignedIn("thienhung.bientap");
        await author.Write("=HYPERLINK(\"http://x\")", "Công thức giả.");

        var answer = await author.GetAsync("/bulletins.csv?q=cong thuc gia");
        var file = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]));
        Assert.Contains(
            "\"'=HYPERLINK(\"\"http://x\"\")\"",
            System.Text.Encoding.UTF8.GetString(file),
            StringComparison.Ordinal
        );
        Assert.Contains(
            Words.Get("class.ordinary"),
            System.Text.Encoding.UTF8.GetString(file),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Each_sees_the_moves_that_are_his()
    {
        var author = await server.SignedIn("loctan.bientap");
        // One who has no key yet: another test may have given the commune's leader one.
        var leader = (await SomeOfficer.New(server, "approver")).Client;
        var draft = await author.Do(await author.Write(), "voice");
        Assert.Equal(["discard", "edit", "speak", "submit"], await Moves(author, draft.Id));
        Assert.Empty(await Moves(leader, draft.Id));

        await author.Do(draft, "submit");
        Assert.Empty(await Moves(author, draft.Id));
        Assert.Equal(["approve", "return"], await Moves(leader, draft.Id));
        var page = await Page(leader, $"/bulletins/{draft.Id}");
        Assert.Contains($"/keys?next=%2Fbulletins%2F{draft.Id}", page, StringComparison.Ordinal);
        Assert.Contains("data-waveform", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_open_and_a_form_leads_to_the_bulletin()
    {
        var author = await server.SignedIn("loctan.bientap");
        Assert.Contains("data-draft-new", await Page(author, "/bulletins/new"), StringComparison.Ordinal);
        var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["title"] = "Từ biểu mẫu",
                ["text"] = "Dòng một.\r\nDòng hai.",
                ["voice"] = "vi",
                ["class"] = "priority",
            }
        );
        var answer = await author.PostAsync("/bulletins", form);
        var page = await Page(author, answer.Headers.Location!.ToString());
        Assert.Matches(@"Dòng một\.\s*<br ?/?>\s*Dòng hai\.", page);
        Assert.Contains("Ưu tiên", page, StringComparison.Ordinal);
    }

    static async Task<string> Page(HttpClient client, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await client.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{url}: {answer.StatusCode} {page}");
        return page;
    }

    static async Task<string[]> Moves(HttpClient client, Guid id) =>
        [.. (await client.See(id)).GetProperty("moves").EnumerateArray().Select(m => m.GetString()!).Order()];
}
