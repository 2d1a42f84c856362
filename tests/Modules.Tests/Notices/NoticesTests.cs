using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Loa.Notices.Raised;
using Loa.Notices.Reading;
using Loa.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Notices;

public sealed class NoticesTests(RunningServer server)
{
    [Fact]
    public async Task Who_must_approve_is_told_and_the_author_learns_what_became_of_it()
    {
        var (author, leader) = (await SomeOfficer.New(server), await SomeOfficer.New(server, "approver"));
        var stranger = await SomeOfficer.New(server, "approver", where: "thienhung.bientap");
        var title = Title("Lịch cắt điện");
        var submitted = await author.Client.Submit(title);

        var waiting = await Comes(leader.Client, title);
        Assert.True(waiting.GetProperty("mustAct").GetBoolean());
        Assert.DoesNotContain(await All(author.Client), n => Says(n, title));
        Assert.DoesNotContain(await All(stranger.Client), n => Says(n, title));

        var returned = await leader.Client.Do(submitted, "return", "Thêm giờ.");
        await Comes(author.Client, Words.Get("notice.bulletin-returned", title, "Cán bộ thử"));
        // For the leader it waits no more, and is no longer counted.
        Assert.False((await Comes(leader.Client, title)).GetProperty("mustAct").GetBoolean());
        Assert.DoesNotContain(await All(leader.Client, "?show=unread"), n => Says(n, title));

        await author.Client.Do(returned, "submit");
        await RunningServer.Until(
            async () => (await All(leader.Client, "?show=unread")).Any(n => Says(n, title)),
            "it waits for the leader again"
        );
        Assert.DoesNotContain(await All(author.Client, "?show=unread"), n => Says(n, title));
    }

    [Fact]
    public async Task What_is_read_is_counted_no_more_and_the_link_leads_to_it()
    {
        var (author, leader) = (await SomeOfficer.New(server), await SomeOfficer.New(server, "approver"));
        var (first, second) = (Title("Tin một"), Title("Tin hai"));
        var submitted = await author.Client.Submit(first);
        await author.Client.Submit(second);
        var notice = await Comes(leader.Client, first);
        await Comes(leader.Client, second);

        using var opened = await leader.Client.GetAsync($"/notices/{notice.GetProperty("id").GetInt64()}");
        Assert.Equal($"/bulletins/{submitted.Id}", opened.Headers.Location?.ToString());
        var unread = await All(leader.Client, "?show=unread");
        Assert.DoesNotContain(unread, n => Says(n, first));
        Assert.Contains(unread, n => Says(n, second));

        var upTo = (await leader.Client.GetAsync("/api/notices").Json()).GetProperty("upTo").GetInt64();
        await leader.Client.PostAsJsonAsync("/notices/read", new { upTo }).Json();
        Assert.DoesNotContain(await All(leader.Client, "?show=unread"), n => Says(n, second));
        // Another's notice is none of his.
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await author.Client.GetAsync($"/notices/{notice.GetProperty("id").GetInt64()}")).StatusCode
        );
    }

    [Fact]
    public async Task The_bell_of_an_open_page_rings_within_ten_seconds()
    {
        var (author, leader) = (await SomeOfficer.New(server), await SomeOfficer.New(server, "approver"));
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var stream = await leader.Client.GetStreamAsync("/live/events?of=notices", enough.Token);
        using var lines = new StreamReader(stream);
        await Says(lines, "data: open", enough.Token);
        var before = await Count(leader.Client);
        var draft = await author.Client.Do(await author.Client.Write(Title("Báo động")), "voice");

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await author.Client.Do(draft, "submit");
        while (await Count(leader.Client) <= before)
            await Says(lines, "data: rang notices", enough.Token);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_one_reads_rings_on_his_pages_and_on_nobody_elses()
    {
        var (author, leader) = (await SomeOfficer.New(server), await SomeOfficer.New(server, "approver"));
        var title = Title("Đọc một mình");
        await author.Client.Submit(title);
        var notice = await Comes(leader.Client, title);
        var bells = server.Services.GetRequiredService<LiveBells>();
        using var his = bells.Listen([new("notices", leader.Id)]);
        using var anothers = bells.Listen([new("notices", author.Id)]);
        await leader.Client.PostAsJsonAsync($"/notices/{notice.GetProperty("id").GetInt64()}/read", new { }).Json();
        Assert.True(await his.Rings(TimeSpan.FromSeconds(10), TimeProvider.System, CancellationToken.None));
        Assert.Equal([new LiveTopic("notices", leader.Id)], his.Which());
        Assert.Empty(anothers.Which());
    }

    [Fact]
    public async Task An_officer_whose_post_ended_sees_nothing_of_that_unit_any_more()
    {
        var (author, leader) = (await SomeOfficer.New(server), await SomeOfficer.New(server, "approver"));
        var title = Title("Trước khi thôi việc");
        await author.Client.Submit(title);
        await Comes(leader.Client, title);

        using var administrator = await server.SignedIn("tinh.quantri");
        var post = (await leader.Client.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("id").GetGuid();
        using var ended = await administrator.PostAsJsonAsync($"/officers/{leader.Id}/posts/{post}/end", new { });
        Assert.True(ended.IsSuccessStatusCode, await ended.Content.ReadAsStringAsync());
        Assert.Empty(await All(leader.Client));

        // Without any unit he is told why there is nothing, and finds his own pages.
        foreach (var page in (string[])["/", "/account"])
            Assert.Contains(
                Words.Get("account.no-posts"),
                WebUtility.HtmlDecode(await leader.Client.GetStringAsync(page)),
                StringComparison.Ordinal
            );
        foreach (var page in (string[])["/notices", "/notices/choices", "/views", "/help?page=/"])
            Assert.Equal(HttpStatusCode.OK, (await leader.Client.GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task What_is_told_twice_is_kept_once_and_what_grows_stays_one_notice()
    {
        var (about, unit) = (Guid.CreateVersion7(), await server.UnitOf("loctan.bientap"));
        var at = server.Clock.GetUtcNow().AddMinutes(-1);
        NoticeRaised Said(string title, int later) =>
            new("bulletin-submitted", about, unit, "/bulletins", title, at.AddSeconds(later));
        async Task Hear(NoticeRaised news, Guid key) =>
            await server.With<KeepNotice, bool>(async keep =>
            {
                await keep.Hear(news, key, CancellationToken.None);
                return true;
            });

        var (first, grown) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Hear(Said("3 cụm loa", 0), first);
        await Hear(Said("300 cụm loa", 5), grown);
        await Hear(Said("3 cụm loa", 0), first);
        Assert.Equal(["300 cụm loa"], await Titles(about));

        await Hear(Said("", 9) with { Kind = NoticeRaised.Settled }, Guid.CreateVersion7());
        // Told again after what ended it: it waits for nobody.
        await Hear(Said("2 cụm loa", 7), Guid.CreateVersion7());
        Assert.Empty(await Titles(about));

        // However often all is well, that is one row; and what a clock that was wrong dated into the future hides nothing.
        const int year = 365 * 24 * 3600;
        await Hear(Said("", year) with { Kind = NoticeRaised.Settled }, Guid.CreateVersion7());
        Assert.Equal(
            1,
            await server.With<NoticesDb, int>(db =>
                db.Notices.CountAsync(n => n.About == about && n.Kind == NoticeRaised.Settled)
            )
        );
        await Hear(Said("7 cụm loa", 12), Guid.CreateVersion7());
        Assert.Equal(["7 cụm loa"], await Titles(about));
        await Hear(Said("8 cụm loa", year), Guid.CreateVersion7());
        await Hear(Said("", 14) with { Kind = NoticeRaised.Settled }, Guid.CreateVersion7());
        Assert.Empty(await Titles(about));
    }

    [Fact]
    public void Of_one_kind_those_that_come_one_after_the_other_are_one_line_unless_they_wait_for_somebody()
    {
        var rows = "aaaa bbb AAAA a".Where(k => k != ' ').Select((k, n) => Row(n, k)).ToList();
        var lines = ListNotices.Folded(rows).Select(run => string.Concat(run.Select(r => r.Kind)));
        Assert.Equal(["aaaa", "b", "b", "b", "A", "A", "A", "A", "a"], lines);

        static ListNotices.Row Row(int id, char kind) =>
            new(id, $"{kind}", "", "", "", "", default, true, char.IsUpper(kind), false, false);
    }

    Task<List<string>> Titles(Guid about) =>
        server.With<NoticesDb, List<string>>(db =>
            db.Notices.Where(n => n.About == about && n.EndedAt == null && n.Kind != NoticeRaised.Settled)
                .Select(n => n.Title)
                .ToListAsync()
        );

    static string Title(string what) => $"{what} {Guid.CreateVersion7():N}";

    static bool Says(JsonElement notice, string words) =>
        notice.GetProperty("text").GetString()!.Contains(words, StringComparison.Ordinal);

    internal static async Task<List<JsonElement>> All(HttpClient client, string query = "") =>
        [.. (await client.GetAsync("/api/notices" + query).Json()).GetProperty("rows").EnumerateArray()];

    static async Task<JsonElement> Comes(HttpClient client, string words)
    {
        JsonElement found = default;
        await RunningServer.Until(
            async () => (found = (await All(client)).Find(n => Says(n, words))).ValueKind == JsonValueKind.Object,
            words
        );
        return found;
    }

    static async Task<int> Count(HttpClient client) =>
        (await client.GetAsync("/api/notices/unread").Json()).GetProperty("count").GetInt32();

    static async Task Says(StreamReader lines, string what, CancellationToken cancel)
    {
        while (await lines.ReadLineAsync(cancel) is var line && line != what)
            Assert.True(line is not null, what);
    }
}
