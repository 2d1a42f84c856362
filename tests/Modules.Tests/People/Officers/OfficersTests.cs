using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Contracts.People;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Officers;

public sealed class OfficersTests(RunningServer server)
{
    [Fact]
    public async Task An_author_does_not_see_the_officers()
    {
        using var author = await server.SignedIn("thienhung.bientap");

        foreach (var path in new[] { "/officers", "/api/officers", "/officers.csv", "/trust", "/api/trust" })
            Assert.Equal(HttpStatusCode.Forbidden, (await author.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task An_administrator_finds_an_officer_without_marks_and_sees_his_page()
    {
        using var admin = await server.SignedIn("tinh.quantri");

        var found = (await admin.GetAsync("/api/officers?q=loc+tan").Json()).GetProperty("officers");
        var id = found[0].GetProperty("id").GetGuid();

        Assert.Contains(found.EnumerateArray(), o => o.GetProperty("userName").GetString() == "loctan.duyet");
        Assert.Contains("Lộc Tấn", await admin.GetStringAsync($"/officers/{id}"), StringComparison.Ordinal);
        Assert.Contains("loctan.duyet", await admin.GetStringAsync("/officers?q=loctan"), StringComparison.Ordinal);
        Assert.Contains("loctan.duyet", await admin.GetStringAsync("/officers.csv?q=loctan"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task District_posts_end_with_the_district_and_go_on_in_its_communes()
    {
        using var client = await server.SignedIn("locninh.duyet");
        var posts = (await client.GetAsync("/api/me").Json()).GetProperty("posts");

        Assert.Equal(
            ["Xã Lộc Hưng", "Xã Lộc Ninh", "Xã Lộc Quang", "Xã Lộc Thành", "Xã Lộc Thạnh", "Xã Lộc Tấn"],
            posts.EnumerateArray().Select(p => p.GetProperty("unit").GetString()!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_lock_ends_session_and_posts_at_once_and_unlocking_gives_them_back()
    {
        var (admin, officer, id) = await NewOfficer("author");
        var posts = server.Services.GetRequiredService<IPosts>();

        await admin.PostAsJsonAsync($"/officers/{id}/lock", new { reason = "nghi lộ mật khẩu" }).Json();

        Assert.Equal(HttpStatusCode.Unauthorized, (await officer.GetAsync("/api/me")).StatusCode);
        Assert.Empty(await posts.Of(id, default));
        await admin.PostAsync($"/officers/{id}/unlock", null).Json();
        Assert.NotEmpty(await posts.Of(id, default));
    }

    [Fact]
    public async Task An_ended_post_gives_no_right_any_more()
    {
        var (admin, officer, id) = await NewOfficer("administrator");
        await officer.GetAsync("/api/officers").Json();
        var post = (await officer.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("id").GetGuid();

        await admin.PostAsJsonAsync($"/officers/{id}/posts/{post}/end", new { }).Json();

        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/api/officers")).StatusCode);
    }

    [Fact]
    public async Task A_commune_administrator_has_no_power_over_the_province()
    {
        var (_, officer, _) = await NewOfficer("administrator");
        using var province = await server.SignedIn("tinh.duyet");
        var chief = await province.OfficerId();
        var top = (await province.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("unitId").GetGuid();

        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await officer.PostAsync($"/officers/{chief}/invitation", null)).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await officer.PostAsJsonAsync(
                    "/officers",
                    new
                    {
                        officerName = "Ai đó",
                        userName = "ai.do",
                        postUnit = top,
                        postRole = "administrator",
                    }
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task A_reset_ends_the_old_password_and_every_session()
    {
        var (admin, officer, id) = await NewOfficer("author");

        var again = await admin.PostAsync($"/officers/{id}/invitation", null).Json();

        Assert.Equal(HttpStatusCode.Unauthorized, (await officer.GetAsync("/api/me")).StatusCode);
        await server
            .Client()
            .PostAsJsonAsync(
                "/sign-in",
                new { userName = again.GetProperty("userName").GetString(), password = SomeOfficer.Usual }
            )
            .Refused("sign-in.failed");
    }

    [Fact]
    public async Task Two_officers_cannot_have_one_name_to_sign_in_with()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var unit = (await admin.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("unitId").GetGuid();

        var refused = await admin
            .PostAsJsonAsync(
                "/officers",
                new
                {
                    officerName = "Người khác",
                    userName = "tinh.duyet",
                    postUnit = unit,
                    postRole = "author",
                }
            )
            .Json(HttpStatusCode.Conflict);

        Assert.Equal("officer.user-name-taken", refused.GetProperty("code").GetString());
        // So that a page says it beside the field.
        Assert.Equal("userName", refused.GetProperty("member").GetString());
    }

    async Task<(HttpClient Admin, HttpClient Officer, Guid Id)> NewOfficer(string role)
    {
        var officer = await SomeOfficer.New(server, role, where: "phuoclong.kythuat");
        return (await server.SignedIn("tinh.quantri"), officer.Client, officer.Id);
    }
}
