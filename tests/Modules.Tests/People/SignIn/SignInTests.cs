using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Loa.People.SignIn;

public sealed partial class SignInTests(RunningServer server)
{
    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_get_the_same_answer()
    {
        using var client = server.Client();

        var unknown = await Try(client, "khong.co.ai", "sai mật khẩu rồi");
        var wrong = await Try(client, "phuoclong.kythuat", "sai mật khẩu rồi");

        Assert.Equal(HttpStatusCode.Conflict, unknown.Status);
        Assert.Equal(unknown, wrong);
    }

    [Fact]
    public async Task Leaving_everywhere_ends_the_session_on_the_other_device_at_once()
    {
        var (userName, password) = await NewOfficer();
        using var desk = server.Client();
        using var phone = server.Client();
        await desk.SignIn(userName, password).Json();
        await phone.SignIn(userName, password).Json();
        await phone.GetAsync("/api/me").Json();

        await desk.PostAsync("/sign-out-everywhere", null).Json();

        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await desk.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task Leaving_here_leaves_the_other_device_alone()
    {
        using var desk = await server.SignedIn("binhphuoc.kythuat");
        using var phone = await server.SignedIn("binhphuoc.kythuat");

        await desk.PostAsync("/sign-out", null).Json();

        Assert.Equal(HttpStatusCode.Unauthorized, (await desk.GetAsync("/api/me")).StatusCode);
        await phone.GetAsync("/api/me").Json();
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_not_this_one()
    {
        var (userName, password) = await NewOfficer();
        using var desk = server.Client();
        using var phone = server.Client();
        await desk.SignIn(userName, password).Json();
        await phone.SignIn(userName, password).Json();

        await desk.PostAsJsonAsync(
                "/account/password",
                new { oldPassword = "không phải", newPassword = "một câu khác hẳn" }
            )
            .Refused("password.old-wrong");
        await desk.PostAsJsonAsync("/account/password", new { oldPassword = password, newPassword = "ngắn" })
            .Refused("password.weak");
        await desk.PostAsJsonAsync(
                "/account/password",
                new { oldPassword = password, newPassword = "một câu khác hẳn" }
            )
            .Json();

        await desk.GetAsync("/api/me").Json();
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/api/me")).StatusCode);
        await server.Client().SignIn(userName, "một câu khác hẳn").Json();
    }

    [Fact]
    public async Task An_invitation_opens_nothing_but_the_choice_of_a_password_and_only_once()
    {
        var (_, userName, invitation) = await SomeOfficer.Invited(server);
        Assert.Matches(Invitation(), invitation);
        using var client = server.Client();

        await client.SignIn(userName, invitation).Refused("sign-in.choose-password");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me")).StatusCode);
        await client.Choose(userName, invitation, "mật khẩu của riêng tôi").Json();
        await client.GetAsync("/api/me").Json();
        await client.Choose(userName, invitation, "mật khẩu khác của tôi").Refused("sign-in.failed");
    }

    [Fact]
    public async Task A_link_cannot_lead_from_our_sign_in_to_another_site()
    {
        using var client = server.Client();
        foreach (var next in new[] { "//evil.example", "/\\evil.example", "https://evil.example", "evil" })
        {
            var answer = await client.PostAsync(
                "/sign-in",
                new FormUrlEncodedContent(
                    new Dictionary<string, string>
                    {
                        ["userName"] = "loctan.kythuat",
                        ["password"] = server.DemoPassword,
                        ["next"] = next,
                    }
                )
            );
            Assert.Equal("/", answer.Headers.Location?.OriginalString);
        }
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        using var client = server.Client();
        var answer = await client.SignIn("loctan.kythuat", server.DemoPassword);
        var cookie = Assert.Single(
            answer.Headers.GetValues("Set-Cookie"),
            c => c.StartsWith("loa-session", StringComparison.Ordinal)
        );

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_pages_of_sign_in_open_for_anyone()
    {
        using var client = server.Client();

        Assert.Contains("name=\"userName\"", await client.GetStringAsync("/sign-in"), StringComparison.Ordinal);
        Assert.Contains("name=\"invitation\"", await client.GetStringAsync("/sign-in/first"), StringComparison.Ordinal);
    }

    async Task<(string UserName, string Password)> NewOfficer()
    {
        var officer = await SomeOfficer.New(server);
        return (officer.UserName, officer.Password);
    }

    static async Task<(HttpStatusCode Status, string Code, string Detail)> Try(
        HttpClient client,
        string userName,
        string password
    )
    {
        var answer = await client.SignIn(userName, password);
        var problem = await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
        return (
            answer.StatusCode,
            problem.GetProperty("code").GetString()!,
            problem.GetProperty("detail").GetString()!
        );
    }

    [GeneratedRegex("^[a-z2-9]{4}(-[a-z2-9]{4}){3}$")]
    private static partial Regex Invitation();
}
