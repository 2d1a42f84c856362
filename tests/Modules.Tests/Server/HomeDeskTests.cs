using System.Net;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.People;

namespace Loa.Server;

/// <summary>What lies on the home page of whoever comes in, and what does not.</summary>
public sealed class HomeDeskTests(RunningServer server)
{
    // Communes where no other test writes.
    const string Here = "Xã Bù Gia Mập";
    const string There = "Xã Đăk Ơ";

    [Fact]
    public async Task What_waits_lies_before_the_leader_of_its_unit_the_oldest_first_and_before_nobody_else()
    {
        var (author, leader) = (await New("author", Here), await New("approver", Here));
        var stranger = await New("approver", There);
        var (first, second) = ($"Họp dân {Guid.CreateVersion7():N}", $"Tiêm phòng {Guid.CreateVersion7():N}");
        await author.Submit(first);
        await author.Submit(second);

        var desk = await Page(leader, "/");
        Assert.InRange(
            desk.IndexOf(first, StringComparison.Ordinal),
            0,
            desk.IndexOf(second, StringComparison.Ordinal)
        );
        Assert.Contains(Words.Get("bulletins.desk.approve"), desk, StringComparison.Ordinal);
        Assert.Contains(Words.Get("trust.desk.key"), desk, StringComparison.Ordinal);
        var elsewhere = await Page(stranger, "/");
        Assert.DoesNotContain(first, elsewhere, StringComparison.Ordinal);
        Assert.Contains(Words.Get("desk.waiting.none"), elsewhere, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_nobodys_news_and_its_author_finds_it_again()
    {
        var (author, leader) = (await New("author", Here), await New("approver", Here));
        Assert.Contains(Words.Get("bulletins.desk.first"), await Page(author, "/"), StringComparison.Ordinal);

        var title = $"Cắt điện {Guid.CreateVersion7():N}";
        await author.Write(title);

        var desk = await Page(author, "/");
        Assert.Contains(title, desk, StringComparison.Ordinal);
        Assert.DoesNotContain(Words.Get("bulletins.desk.first"), desk, StringComparison.Ordinal);
        Assert.DoesNotContain(title, await Page(leader, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_asks_again_is_sent_nothing_until_something_lies_there_that_did_not()
    {
        var author = await New("author", There);
        var mark = MarkOf(await Page(author, "/"));
        if (await Status(author, mark) != HttpStatusCode.NoContent)
            // What others do in the house meanwhile, or a quarter of an hour, may fall between; not twice.
            Assert.Equal(HttpStatusCode.NoContent, await Status(author, MarkOf(await Page(author, "/"))));

        await author.Write($"Bản nháp {Guid.CreateVersion7():N}");

        Assert.Equal(HttpStatusCode.OK, await Status(author, mark));
    }

    [Fact]
    public async Task Whoever_can_do_nothing_about_it_is_shown_nothing_in_red()
    {
        using var auditor = await server.SignedIn("tinh.kiemtra");
        var desk = await Page(auditor, "/");
        Assert.DoesNotContain("desk-state tone-act", desk, StringComparison.Ordinal);
        Assert.Contains(Words.Get("tile.online"), desk, StringComparison.Ordinal);
    }

    async Task<HttpClient> New(string role, string commune)
    {
        var unit = await server.With<IUnits, UnitTree>(units => units.Today(default).AsTask());
        return (await SomeOfficer.In(server, role, unit.All.First(u => u.Name == commune).Id)).Client;
    }

    static async Task<HttpStatusCode> Status(HttpClient client, string mark)
    {
        using var answer = await client.GetAsync($"/?mark={mark}");
        return answer.StatusCode;
    }

    static string MarkOf(string page) => page.Split("\"mark\":\"")[1].Split('"')[0];

    static async Task<string> Page(HttpClient client, string path) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(path));
}
