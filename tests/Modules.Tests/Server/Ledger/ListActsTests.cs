using System.Net;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.People;
using Loa.Ui;

namespace Loa.Server.Ledger;

/// <summary>What an auditor reads of the ledger, and what he does not.</summary>
public sealed class ListActsTests(RunningServer server)
{
    const string Commune = "Xã Bù Đăng";

    [Fact]
    public async Task An_auditor_reads_who_did_what_and_a_draft_stays_its_authors()
    {
        using var auditor = await server.SignedIn("tinh.kiemtra");
        var author = (await SomeOfficer.In(server, "author", await UnitOf(Commune))).Client;
        var (sent, kept) = ($"Đã gửi {Guid.CreateVersion7():N}", $"Còn nháp {Guid.CreateVersion7():N}");
        await author.Submit(sent);
        await author.Write(kept);

        var page = await Page(auditor, $"/ledger?part=newsroom&unit={Uri.EscapeDataString("bu dang")}");
        var file = await Page(auditor, $"/ledger.csv?part=newsroom&unit={Uri.EscapeDataString("bu dang")}");

        foreach (var text in (string[])[page, file])
        {
            Assert.Contains(sent, text, StringComparison.Ordinal);
            Assert.Contains(Words.Get("move.bulletin.submit"), text, StringComparison.Ordinal);
            Assert.DoesNotContain(kept, text, StringComparison.Ordinal);
        }
        var elsewhere = await Page(auditor, $"/ledger?part=newsroom&unit={Uri.EscapeDataString("Đăk Nhau")}");
        Assert.DoesNotContain(sent, elsewhere, StringComparison.Ordinal);
        Assert.DoesNotContain(
            sent,
            await Page(auditor, "/ledger?part=newsroom&from=01/01/2020&to=02/01/2020"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Page_after_page_shows_every_act_once()
    {
        using var auditor = await server.SignedIn("tinh.kiemtra");
        var author = (await SomeOfficer.In(server, "author", await UnitOf("Xã Thọ Sơn"))).Client;
        var titles = new List<string>();
        for (var i = 0; i < ListView.UsualSize / 2 + 5; i++)
        {
            titles.Add($"Bản {i} {Guid.CreateVersion7():N}");
            var written = await author.Write(titles[i]);
            await author.Do(written, "discard");
        }

        var rows = 0;
        for (
            var next = $"/ledger?unit={Uri.EscapeDataString("Xã Thọ Sơn")}&part=newsroom";
            next is not null;
            next = Older(await Read(next))
        ) { }
        Assert.Equal(titles.Count * 2, rows);

        async Task<string> Read(string path)
        {
            var page = await Page(auditor, path);
            rows += page.Split("class=\"sentence\"").Length - 1;
            return page;
        }
    }

    [Fact]
    public async Task What_was_done_in_one_moment_fills_no_page_beyond_its_size()
    {
        // The demo's units were all established in one moment.
        using var auditor = await server.SignedIn("tinh.kiemtra");
        var rows = new HashSet<string>(StringComparer.Ordinal);
        var read = 0;
        for (var (next, pages) = ("/ledger?part=people", 0); pages < 4; pages++)
        {
            var page = await Page(auditor, next);
            var hashes = page.Split("<code title=\"").Skip(1).Select(rest => rest[..64]).ToList();
            Assert.Equal(ListView.UsualSize, hashes.Count);
            rows.UnionWith(hashes);
            read += hashes.Count;
            next = Older(page)!;
        }
        Assert.Equal(read, rows.Count);
    }

    [Fact]
    public async Task Whoever_has_no_right_to_it_sees_nothing_of_it()
    {
        using var author = await server.SignedIn("loctan.bientap");
        Assert.Equal(HttpStatusCode.Forbidden, (await author.GetAsync("/ledger")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await author.GetAsync("/ledger.csv")).StatusCode);
    }

    static string? Older(string page) =>
        page.Split("data-older href=\"") is [_, var rest, ..] ? rest.Split('"')[0] : null;

    async Task<Guid> UnitOf(string commune) =>
        (await server.With<IUnits, UnitTree>(units => units.Today(default).AsTask()))
            .All.First(u => u.Name == commune)
            .Id;

    static async Task<string> Page(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return WebUtility.HtmlDecode(text);
    }
}
