using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Security;
using Loa.Trust;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Security;

public sealed class SecurityTests(RunningServer server)
{
    [Fact]
    public async Task An_officer_learns_who_reset_him_and_what_failed_since_he_was_here()
    {
        var officer = await SomeOfficer.New(server);
        using var stranger = server.Client();
        for (var i = 0; i < 3; i++)
            await stranger.SignIn(officer.UserName, "đoán bừa").Refused("sign-in.failed");
        var seen = (await officer.SignIn(server.Client()).Json()).GetProperty("before");
        Assert.Equal(3, seen.GetProperty("failedSince").GetInt64());
        Assert.Equal("127.0.0.1", seen.GetProperty("last").GetProperty("network").GetString());
        Assert.Equal(
            0,
            (await officer.SignIn(server.Client()).Json()).GetProperty("before").GetProperty("failedSince").GetInt64()
        );

        using var admin = await server.SignedIn("tinh.quantri");
        var again = await admin.PostAsync($"/officers/{officer.Id}/invitation", null).Json();
        using var client = server.Client();
        var first = await client
            .Choose(officer.UserName, again.GetProperty("password").GetString()!, "câu mới hẳn của tôi")
            .Json();

        var admins = (await admin.GetAsync("/api/me").Json()).GetProperty("name").GetString()!;
        Assert.Equal(admins, first.GetProperty("before").GetProperty("resetBy").GetProperty("by").GetString());
        Assert.Contains(admins, await client.GetStringAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_security_event_of_an_officer_is_in_the_log_that_his_administrator_reads_and_exports()
    {
        var officer = await SomeOfficer.New(server, "approver");
        using var admin = await server.SignedIn("tinh.quantri");
        await officer.Client.Delegated(server);
        await server.Client().SignIn(officer.UserName, "đoán bừa").Refused("sign-in.failed");
        await officer.Client.PostAsync("/sign-out", null).Json();
        await admin.PostAsync($"/officers/{officer.Id}/sign-out", null).Json();
        await admin.PostAsync($"/officers/{officer.Id}/invitation", null).Json();
        await admin.PostAsJsonAsync($"/officers/{officer.Id}/lock", new { reason = "thử khóa" }).Json();
        await admin.PostAsync($"/officers/{officer.Id}/unlock", null).Json();

        var log = await admin.GetAsync($"/api/security?officer={officer.Id}").Json();
        var events = log.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("event").GetString()!).ToList();
        foreach (
            var wanted in new[]
            {
                "Đề nghị ủy quyền",
                "Đăng ký",
                Words.Get("move.officer.appoint"),
                Words.Get("move.officer.invite"),
                "Đổi mật khẩu",
                "Đăng nhập",
                "Đăng nhập sai",
                "Đăng xuất",
                "Kết thúc mọi phiên đăng nhập",
                "Cấp lại mật khẩu",
                "Khóa tài khoản",
                "Mở khóa tài khoản",
            }
        )
            Assert.Contains(wanted, events);
        Assert.Equal(
            ["Đăng nhập sai"],
            (await admin.GetAsync($"/api/security?officer={officer.Id}&kind=failure").Json())
                .GetProperty("rows")
                .EnumerateArray()
                .Select(r => r.GetProperty("event").GetString()!)
        );
        Assert.Equal(
            0,
            (await admin.GetAsync($"/api/security?officer={officer.Id}&to=2020-01-01&unit=&kind=").Json())
                .GetProperty("total")
                .GetInt32()
        );
        Assert.Equal(
            events.Count,
            (await admin.GetAsync($"/api/security?officer={officer.Id}&from=hôm%20qua").Json())
                .GetProperty("rows")
                .GetArrayLength()
        );
        var csv = await admin.GetStringAsync($"/security.csv?officer={officer.Id}");
        Assert.Contains("Cấp lại mật khẩu", csv, StringComparison.Ordinal);
        Assert.Contains(
            "Cấp lại mật khẩu",
            await admin.GetStringAsync($"/security?officer={officer.Id}&kind=account"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_administrator_of_one_commune_reads_nothing_of_another()
    {
        var officer = await SomeOfficer.New(server);
        var administrator = await SomeOfficer.New(server, "administrator");
        using var province = await server.SignedIn("tinh.quantri");
        await server.Client().SignIn("khong.co.ai", "đoán bừa").Refused("sign-in.failed");
        var approver = await SomeOfficer.New(server, "approver");
        await approver.Client.Delegated(server);
        await province.PostAsJsonAsync($"/officers/{approver.Id}/lock", new { reason = "thử khóa" }).Json();
        var home = (await administrator.Client.GetAsync("/api/me").Json())
            .GetProperty("posts")[0]
            .GetProperty("unitId")
            .GetGuid();
        await RunningServer.Until(
            async () => Has(await AllKeys(administrator.Client), Words.Get("move.delegation.revoke")),
            "the approver's delegation is revoked"
        );

        var rows = await Rows(administrator.Client);
        var keys = await AllKeys(administrator.Client);

        var reach = await server.With<IUnits, List<string>>(async units =>
            [.. (await units.Today(CancellationToken.None)).SubtreeOf(home).Select(u => u.Name)]
        );
        Assert.NotEmpty(await Rows(administrator.Client, $"?officer={officer.Id}"));
        Assert.All(rows.Concat(keys), r => Assert.Contains(r.GetProperty("unit").GetString()!, reach));
        var published = Words.Get("move.revocations.publish");
        var renewed = Words.Get("move.revocations.renew");
        Assert.False(Has(keys, published) || Has(keys, renewed), "one commune reads of the province's revocations");
        var all = await AllKeys(province);
        Assert.True(Has(all, published) || Has(all, renewed));
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.Client.GetAsync("/security")).StatusCode);
    }

    [Fact]
    public async Task An_administrator_cannot_reset_appoint_or_prolong_himself()
    {
        var admin = await SomeOfficer.New(server, "administrator");
        var post = (await admin.Client.GetAsync("/api/me").Json()).GetProperty("posts")[0];
        var unit = post.GetProperty("unitId").GetGuid();

        await admin.Client.PostAsync($"/officers/{admin.Id}/invitation", null).Refused("officer.not-oneself");
        await admin
            .Client.PostAsJsonAsync($"/officers/{admin.Id}/posts", new { postUnit = unit, postRole = "approver" })
            .Refused("officer.not-oneself");
        await admin.Client.PostAsync($"/officers/{admin.Id}/unlock", null).Refused("officer.not-oneself");
        await admin
            .Client.PostAsJsonAsync($"/officers/{admin.Id}/lock", new { reason = "x" })
            .Refused("officer.not-oneself");
        using var province = await server.SignedIn("tinh.quantri");
        var (held, last) = (
            post.GetProperty("id").GetGuid(),
            DateOnly.FromDateTime(server.Clock.GetUtcNow().Date).AddDays(9)
        );
        await province.PostAsJsonAsync($"/officers/{admin.Id}/posts/{held}/end", new { postTo = last }).Json();
        await admin
            .Client.PostAsJsonAsync($"/officers/{admin.Id}/posts/{held}/end", new { postTo = last.AddYears(9) })
            .Refused("officer.not-oneself");
    }

    [Fact]
    public async Task A_flood_of_failures_is_counted_and_not_stored_again_and_again()
    {
        var officer = await SomeOfficer.New(server);
        var log = server.Services.GetRequiredService<SignInLog>();
        for (var i = 0; i < 20_000; i++)
            log.Note(officer.Id, new($"2001:db8:{i % 3000:x}::/64", "", null), SignInOutcome.Failed);
        await log.Write(CancellationToken.None);

        var notes = await server.With<PeopleDb, List<SignInNote>>(db =>
            db.SignIns.Where(s => s.OfficerId == officer.Id && s.Outcome == SignInOutcome.Failed).ToListAsync()
        );
        Assert.InRange(notes.Count, 1, 510);
        Assert.Equal(20_000, notes.Sum(n => n.Count));
    }

    static async Task<List<JsonElement>> Rows(HttpClient client, string query = "") =>
        [.. (await client.GetAsync("/api/security" + query).Json()).GetProperty("rows").EnumerateArray()];

    // What happens to keys in other tests meanwhile comes before it in the list.
    static async Task<List<JsonElement>> AllKeys(HttpClient client)
    {
        var all = new List<JsonElement>();
        for (var (page, more) = (1, true); more; page++)
        {
            var some = await Rows(client, $"?kind=key&page={page}");
            all.AddRange(some);
            more = some.Count > 0;
        }
        return all;
    }

    static bool Has(IEnumerable<JsonElement> rows, string happened) =>
        rows.Any(r => r.GetProperty("event").GetString() == happened);
}
