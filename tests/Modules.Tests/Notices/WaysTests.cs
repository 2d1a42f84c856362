using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Loa.Notices.Raised;
using Loa.People;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices;

/// <summary>Who has no page open is told by the ways he chose, of what he chose, and when he wants to be; of an emergency at once.</summary>
public sealed class WaysTests(ProvinceWithWays province) : IClassFixture<ProvinceWithWays>
{
    static readonly TimeSpan Bar = TimeSpan.FromSeconds(10);

    RunningServer server => province.Server;

    [Fact]
    public async Task A_leader_gets_a_letter_within_ten_seconds_and_one_when_the_mail_server_is_back()
    {
        var leader = await Leader(new { mail = Address(), told = new[] { "bulletin-submitted:mail" } });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var title = await Submitted();
        var letter = await Letter(title);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bar);
        Assert.Contains("https://loa.tinh.example/notices/choices", letter, StringComparison.Ordinal);

        province.Mail.Refuses = true;
        var (first, second) = (await Submitted(), await Submitted());
        await RunningServer.Until(() => Task.FromResult(province.Mail.Refused > 0), "the mail server refuses");
        province.Mail.Refuses = false;
        await Letter(first);
        await Letter(second);
        Assert.Single(province.Mail.Letters, l => l.Contains(first, StringComparison.Ordinal));

        await RunningServer.Until(async () => await Unsent(leader.Id) == 0, "each is known as sent");
    }

    [Fact]
    public async Task What_was_silenced_is_not_sent_but_an_emergency_is()
    {
        var leader = await Leader(new { mail = Address(), told = Array.Empty<string>() });
        await Submitted();
        Assert.Equal(0, await Unsent(leader.Id, all: true));
        await Raise("KHẨN", urgent: true);
        await RunningServer.Until(async () => await Unsent(leader.Id, all: true) == 1, "the emergency is sent");
    }

    [Fact]
    public async Task In_quiet_hours_nothing_comes_until_they_are_over()
    {
        var now = VietnamTime.Of(server.Clock.GetUtcNow());
        var (from, to) = (now.AddHours(-1), now.AddHours(1));
        var leader = await Leader(
            new
            {
                mail = Address(),
                quietFrom = $"{from:HH:mm}",
                quietTo = $"{to:HH:mm}",
                told = new[] { "bulletin-submitted:mail" },
            }
        );
        await Submitted();
        await RunningServer.Until(async () => await Unsent(leader.Id) == 1, "it waits");
        var due = await server.With<NoticesDb, DateTimeOffset>(db =>
            db.Deliveries.Where(d => d.OfficerId == leader.Id).Select(d => d.DueAt).SingleAsync()
        );
        Assert.Equal($"{to:HH:mm}", $"{VietnamTime.Of(due):HH:mm}");
    }

    [Fact]
    public async Task Who_reads_it_on_the_page_first_gets_no_letter()
    {
        var leader = await Leader(
            new
            {
                mail = Address(),
                daily = true,
                told = new[] { "bulletin-submitted:mail" },
            }
        );
        await Submitted();
        await RunningServer.Until(async () => await Unsent(leader.Id) == 1, "it waits for the day's letter");
        var upTo = (await leader.Client.GetAsync("/api/notices").Json()).GetProperty("upTo").GetInt64();
        await leader.Client.PostAsJsonAsync("/notices/read", new { upTo }).Json();
        await IsDue(leader);
        await RunningServer.Until(async () => await Unsent(leader.Id) == 0, "it is not wanted any more");
        Assert.Equal("not-wanted", await FateOf(leader));
    }

    [Fact]
    public async Task Who_lost_his_post_gets_nothing_that_was_meant_for_it()
    {
        var leader = await Leader(
            new
            {
                mail = Address(),
                daily = true,
                told = new[] { "bulletin-submitted:mail" },
            }
        );
        await Submitted();
        await RunningServer.Until(async () => await Unsent(leader.Id) == 1, "it waits for the day's letter");
        using var administrator = await server.SignedIn("tinh.quantri");
        var post = (await leader.Client.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("id").GetGuid();
        await administrator.PostAsJsonAsync($"/officers/{leader.Id}/posts/{post}/end", new { }).Json();
        await IsDue(leader);
        await RunningServer.Until(async () => await Unsent(leader.Id) == 0, "it is not his any more");
        Assert.Equal("not-wanted", await FateOf(leader));
    }

    [Fact]
    public async Task A_browser_shows_it_within_ten_seconds_says_no_title_and_is_forgotten_when_its_user_signs_out()
    {
        using var browser = new SomeBrowser();
        var leader = await SomeOfficer.New(server, "approver");
        Assert.Equal(65, Convert.FromBase64String(Padded(await Key(leader))).Length);
        await leader.Client.PostAsJsonAsync("/notices/push", browser.Subscription(province.Outside)).Json();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var title = await Submitted();
        var shown = browser.Read((await Taken(browser.Path, 1))[0].Body);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bar);
        Assert.DoesNotContain(title, shown, StringComparison.Ordinal);
        Assert.StartsWith("/notices/", JsonSerializer.Deserialize<JsonElement>(shown).GetProperty("url").GetString());

        using var left = await leader.Client.PostAsync("/sign-out", null);
        await Submitted();
        await RunningServer.Until(async () => !await IsKnown(browser), "the browser is forgotten");
        Assert.Single(await Taken(browser.Path, 1));
    }

    [Fact]
    public async Task A_browser_that_its_maker_knows_no_more_is_forgotten()
    {
        using var browser = new SomeBrowser();
        province.Outside.Answers[browser.Path] = 410;
        var leader = await SomeOfficer.New(server, "approver");
        await leader.Client.PostAsJsonAsync("/notices/push", browser.Subscription(province.Outside)).Json();
        Assert.True(await IsKnown(browser));
        await Submitted();
        await RunningServer.Until(async () => !await IsKnown(browser), "the browser is forgotten");
    }

    [Theory]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("http://fcm.googleapis.com/x")]
    [InlineData("https://fcm.googleapis.com.evil.example/x")]
    [InlineData("https://user@fcm.googleapis.com:8443/x")]
    [InlineData("file:///etc/passwd")]
    public async Task The_server_is_led_to_no_other_host_by_what_a_browser_says(string endpoint)
    {
        using var browser = new SomeBrowser();
        var officer = await SomeOfficer.New(server);
        var told = JsonSerializer.SerializeToNode(browser.Subscription(province.Outside))!;
        told["endpoint"] = endpoint;
        using var answer = await officer.Client.PostAsJsonAsync("/notices/push", told);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_telephone_gets_a_signed_sentence_without_the_title_and_again_after_a_failure()
    {
        var phone = $"09{Random.Shared.Next(10_000_000, 99_999_999)}";
        province.Outside.Answers["/sms"] = 503;
        await Leader(new { phone, told = new[] { "bulletin-submitted:sms" } });
        var title = await Submitted();
        await RunningServer.Until(() => Task.FromResult(Sentences(phone).Count >= 1), "it is tried");
        province.Outside.Answers["/sms"] = 202;
        var (signature, body) = await Again(phone);
        var text = Encoding.UTF8.GetString(body);
        Assert.DoesNotContain(title, text, StringComparison.Ordinal);
        var at = signature.Split(',')[0][2..];
        Assert.Equal(
            $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ProvinceWithWays.Secret), (byte[])[.. Encoding.ASCII.GetBytes(at + "."), .. body]))}",
            signature
        );
        Assert.Single(Sentences(phone).Select(s => Id(s.Body)).Distinct());
    }

    Task<SomeOfficer> Leader(object choices) => province.Leader(choices);

    // By an author of his own; in the unit where all these leaders serve.
    async Task<string> Submitted() => await Raise("Lịch cắt điện", urgent: false);

    async Task<string> Raise(string what, bool urgent)
    {
        var title = $"{what} {Guid.CreateVersion7():N}";
        var news = new NoticeRaised(
            "bulletin-submitted",
            Guid.CreateVersion7(),
            await server.UnitOf("loctan.bientap"),
            "/bulletins",
            title,
            server.Clock.Moment()
        )
        {
            Urgent = urgent,
        };
        await server.With<KeepNotice, bool>(async keep =>
        {
            await keep.Hear(news, Guid.CreateVersion7(), CancellationToken.None);
            return true;
        });
        return title;
    }

    // As if the time of the day's letter had come.
    Task<int> IsDue(SomeOfficer officer) =>
        server.With<NoticesDb, int>(db =>
            db.Deliveries.Where(d => d.OfficerId == officer.Id)
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.DueAt, server.Clock.Moment()))
        );

    Task<string?> FateOf(SomeOfficer officer) =>
        server.With<NoticesDb, string?>(db =>
            db.Deliveries.Where(d => d.OfficerId == officer.Id && d.Way == "mail").Select(d => d.Failure).SingleAsync()
        );

    Task<int> Unsent(Guid officer, bool all = false) =>
        server.With<NoticesDb, int>(db =>
            db.Deliveries.CountAsync(d => d.OfficerId == officer && d.Way == "mail" && (all || d.DoneAt == null))
        );

    Task<bool> IsKnown(SomeBrowser browser) =>
        server.With<NoticesDb, bool>(db => db.Set<Push.PushBrowser>().AnyAsync(b => b.Endpoint.EndsWith(browser.Path)));

    async Task<string> Letter(string title)
    {
        string? found = null;
        await RunningServer.Until(
            () =>
                Task.FromResult(
                    (found = province.Mail.Letters.FirstOrDefault(l => l.Contains(title, StringComparison.Ordinal)))
                        is not null
                ),
            title
        );
        return found!;
    }

    async Task<(string Signature, byte[] Body)[]> Taken(string path, int atLeast)
    {
        await RunningServer.Until(
            () => Task.FromResult(province.Outside.Taken.Count(t => t.Path == path) >= atLeast),
            path
        );
        return [.. province.Outside.Taken.Where(t => t.Path == path).Select(t => (t.Signature, t.Body))];
    }

    List<(string Signature, byte[] Body)> Sentences(string phone) =>
        [
            .. province
                .Outside.Taken.Where(t => t.Path == "/sms" && Encoding.UTF8.GetString(t.Body).Contains(phone))
                .Select(t => (t.Signature, t.Body)),
        ];

    async Task<(string Signature, byte[] Body)> Again(string phone)
    {
        await RunningServer.Until(() => Task.FromResult(Sentences(phone).Count >= 2), "it is tried again");
        return Sentences(phone)[^1];
    }

    static string? Id(byte[] body) => JsonSerializer.Deserialize<JsonElement>(body).GetProperty("id").GetString();

    static async Task<string> Key(SomeOfficer officer) =>
        (await officer.Client.GetAsync("/api/notices/push").Json()).GetProperty("key").GetString()!;

    static string Padded(string text) =>
        text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - text.Length % 4) % 4);

    static string Address() => $"thu.{Guid.CreateVersion7():N}@tinh.example";
}
