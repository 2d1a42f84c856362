using System.Net;
using System.Net.Http.Json;
using System.Text;
using Loa.People.Credentials;
using Microsoft.Extensions.Options;

namespace Loa.People.SignIn;

public sealed class AttemptsTests(RunningServer server)
{
    [Fact]
    public async Task Thirty_wrong_passwords_of_strangers_do_not_keep_a_leader_out_of_his_own_browser()
    {
        var leader = await SomeOfficer.New(server, "approver");
        await leader.Client.PostAsync("/sign-out", null).Json();
        using var stranger = server.Client();
        for (var i = 0; i < 30; i++)
            await stranger.SignIn(leader.UserName, "đoán bừa " + i).Refused("sign-in.failed");

        await stranger.SignIn(leader.UserName, leader.Password).Refused("sign-in.failed");
        await leader.SignIn(leader.Client).Json();
    }

    [Fact]
    public async Task A_known_browser_guesses_no_more_often_than_a_stranger()
    {
        var leader = await SomeOfficer.New(server, "approver");
        for (var i = 0; i < 10; i++)
            await leader.Client.SignIn(leader.UserName, "đoán bừa " + i).Refused("sign-in.failed");

        await leader.SignIn(leader.Client).Refused("sign-in.failed");
    }

    [Fact]
    public async Task A_browser_that_knows_one_account_is_a_stranger_to_another_and_so_is_a_changed_cookie()
    {
        var (one, other) = (await SomeOfficer.New(server), await SomeOfficer.New(server));
        using var stranger = server.Client();
        for (var i = 0; i < 5; i++)
            await stranger.SignIn(other.UserName, "đoán bừa " + i).Refused("sign-in.failed");

        await other.SignIn(one.Client).Refused("sign-in.failed");
        using var forged = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = JsonContent.Create(new { userName = other.UserName, password = other.Password }),
            Headers = { { "Cookie", "loa-device=CfDJ8" + new string('a', 200) } },
        };
        await server.Client().SendAsync(forged).Refused("sign-in.failed");
    }

    [Fact]
    public async Task A_copied_device_cookie_is_worth_nothing_once_the_password_is_another()
    {
        const string New = "một câu khác hẳn";
        var leader = await SomeOfficer.New(server, "approver");
        using var answer = await leader.SignIn(server.Client());
        var copy = answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("loa-device=", StringComparison.Ordinal))
            .Split(';')[0];
        using var stranger = server.Client();
        for (var i = 0; i < 5; i++)
            await stranger.SignIn(leader.UserName, "đoán bừa " + i).Refused("sign-in.failed");
        await By(copy, leader.Password).Json();

        await leader
            .Client.PostAsJsonAsync("/account/password", new { oldPassword = leader.Password, newPassword = New })
            .Json();

        await By(copy, New).Refused("sign-in.failed");
        await leader.Client.SignIn(leader.UserName, New).Json();

        Task<HttpResponseMessage> By(string cookie, string password) =>
            server
                .Client()
                .SendAsync(
                    new(HttpMethod.Post, "/sign-in")
                    {
                        Content = JsonContent.Create(new { userName = leader.UserName, password }),
                        Headers = { { "Cookie", cookie } },
                    }
                );
    }

    [Fact]
    public void However_many_names_are_tried_so_much_is_remembered_and_a_shut_door_stays_shut()
    {
        var attempts = new Attempts(Options.Create(new GateOptions()), server.Clock);
        var visitor = new Visitor("192.0.2.1", "", null);
        Assert.Equal(4, Enumerable.Range(0, 5).TakeWhile(_ => !attempts.Fail(Of("leader"), visitor)).Count());
        for (var i = 0; i < 10_000; i++)
            attempts.Fail(Of($"nobody.{i}"), visitor);
        Assert.True(attempts.IsShut(Of("leader")));

        for (var i = 0; i < 100_000; i++)
            attempts.Fail(Of($"somebody.{i}"), visitor with { Network = $"192.0.2.{i % 200}" });
        Assert.InRange(attempts.Count, 1, 50_000);

        Door Of(string name) => attempts.DoorOf(name, null, visitor);
    }

    [Fact]
    public async Task Many_wrong_names_from_one_address_do_not_shut_out_the_office_behind_it()
    {
        var colleague = await SomeOfficer.New(server);
        using var stranger = server.Client();
        await Task.WhenAll(
            Enumerable.Range(0, 60).Select(i => stranger.SignIn("khong.co." + i, "đoán bừa").Refused("sign-in.failed"))
        );

        await colleague.SignIn(server.Client()).Json();
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_shut_like_one_that_somebody_has()
    {
        var officer = await SomeOfficer.New(server);
        using var stranger = server.Client();
        foreach (var name in new[] { officer.UserName, "khong.ai." + officer.UserName[^6..] })
        {
            var answers = new List<string>();
            for (var i = 0; i < 7; i++)
            {
                using var answer = await stranger.SignIn(name, "đoán bừa");
                answers.Add($"{(int)answer.StatusCode} {await Code(answer)}");
            }
            Assert.Equal("409 sign-in.failed", Assert.Single(answers.Distinct()));
        }
    }

    [Fact]
    public async Task One_passphrase_is_the_same_from_every_keyboard()
    {
        const string Phrase = "Loa phường Ấp Đồng 2026 Thành";
        var officer = await SomeOfficer.New(server, password: Phrase.Normalize(NormalizationForm.FormD));

        await server.Client().SignIn(officer.UserName, Phrase.Normalize(NormalizationForm.FormC)).Json();
        await server.Client().SignIn(officer.UserName, Phrase.Normalize(NormalizationForm.FormD)).Json();
    }

    [Fact]
    public async Task A_name_with_signs_that_cannot_be_seen_is_the_same_name()
    {
        var officer = await SomeOfficer.New(server);

        await server.Client().SignIn($"\uFEFF {officer.UserName.ToUpperInvariant()}\u200B ", officer.Password).Json();
    }

    [Theory]
    [InlineData("123456789012")]
    [InlineData("matkhau12345")]
    [InlineData("MậtKhẩu@2026")]
    [InlineData("password1234")]
    [InlineData("p@ssw0rd2026!")]
    [InlineData("qwertyuiop12")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("xa loc tan 2026")]
    [InlineData("{name}1111")]
    [InlineData("canbothu15081990")]
    public async Task What_is_guessed_first_is_no_password(string password)
    {
        var (_, userName, invitation) = await SomeOfficer.Invited(server);

        await server
            .Client()
            .Choose(userName, invitation, password.Replace("{name}", userName, StringComparison.Ordinal))
            .Refused("password.easy");
    }

    static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("code").GetString();
}
