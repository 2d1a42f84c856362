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
    public async Task The_desk_rings_when_something_waits_and_is_sent_only_when_it_differs()
    {
        var (author, leader) = (await New("author", Here), await New("approver", Here));
        await using var desk = await LivePage.Open(leader, "/");
        var title = $"Bản tin {Guid.CreateVersion7():N}";

        await author.Submit(title);

        await desk.Shows(title);
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

    static async Task<string> Page(HttpClient client, string path) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(path));
}
