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
    public async Task Five_failures_lock_the_account_for_a_while_even_for_the_right_password()
    {
        var (userName, password) = await NewOfficer();
        using var client = server.Client();
        for (var i = 0; i < 5; i++)
            await SignIn(client, userName, "không đúng").Refused("sign-in.failed");

        await SignIn(client, userName, password).Refused("sign-in.failed");
        server.Clock.Advance(TimeSpan.FromMinutes(16));
        await SignIn(client, userName, password).Json();
    }

    [Fact]
    public async Task Leaving_everywhere_ends_the_session_on_the_other_device_at_once()
    {
        var (userName, password) = await NewOfficer();
        using var desk = server.Client();
        using var phone = server.Client();
        await SignIn(desk, userName, password).Json();
        await SignIn(phone, userName, password).Json();
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
        await SignIn(desk, userName, password).Json();
        await SignIn(phone, userName, password).Json();

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
        await SignIn(server.Client(), userName, "một câu khác hẳn").Json();
    }

    [Fact]
    public async Task An_invitation_opens_nothing_but_the_choice_of_a_password_and_only_once()
    {
        var invitation = await Invite();
        using var client = server.Client();

        await SignIn(client, invitation.UserName, invitation.Password).Refused("sign-in.choose-password");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me")).StatusCode);
        await Choose(client, invitation.UserName, invitation.Password, "mật khẩu của riêng tôi").Json();
        await client.GetAsync("/api/me").Json();
        await Choose(client, invitation.UserName, invitation.Password, "mật khẩu khác của tôi")
            .Refused("sign-in.failed");
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
        var answer = await SignIn(client, "loctan.kythuat", server.DemoPassword);
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
        var (userName, invitation) = await Invite();
        const string Password = "câu dài của cán bộ";
        await Choose(server.Client(), userName, invitation, Password).Json();
        return (userName, Password);
    }

    async Task<(string UserName, string Password)> Invite()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        using var commune = await server.SignedIn("loctan.bientap");
        var unit = (await commune.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("unitId").GetGuid();
        var userName = "thu." + Guid.CreateVersion7().ToString("N")[^12..];
        var invited = await admin
            .PostAsJsonAsync(
                "/officers",
                new
                {
                    officerName = "Cán bộ thử",
                    userName,
                    postUnit = unit,
                    postRole = "author",
                }
            )
            .Json();
        var password = invited.GetProperty("password").GetString()!;
        Assert.Matches(Invitation(), password);
        return (userName, password);
    }

    static Task<HttpResponseMessage> SignIn(HttpClient client, string userName, string password) =>
        client.PostAsJsonAsync("/sign-in", new { userName, password });

    static Task<HttpResponseMessage> Choose(
        HttpClient client,
        string userName,
        string invitation,
        string newPassword
    ) =>
        client.PostAsJsonAsync(
            "/sign-in/first",
            new
            {
                userName,
                invitation,
                newPassword,
            }
        );

    static async Task<(HttpStatusCode Status, string Code, string Detail)> Try(
        HttpClient client,
        string userName,
        string password
    )
    {
        var answer = await SignIn(client, userName, password);
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
