using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Loa.People.SignIn;

/// <summary>What one attacker tries at the door beyond guessing one password.</summary>
public sealed class SprayTests(RunningServer server)
{
    [Fact]
    public async Task One_password_tried_on_all_accounts_shuts_out_nobody()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var officers = new List<SomeOfficer>();
        for (var i = 0; i < 6; i++)
            officers.Add(await SomeOfficer.New(server));
        using var stranger = server.Client();
        for (var round = 0; round < 4; round++)
            foreach (var officer in officers)
                await stranger.SignIn(officer.UserName, "mật khẩu chung " + round).Refused("sign-in.failed");

        foreach (var officer in officers)
            await officer.SignIn(server.Client()).Json();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public async Task A_huge_password_costs_no_work(int length)
    {
        using var stranger = server.Client();
        using var answer = await stranger.SignIn("loctan.duyet", new string('a', length));

        Assert.True(
            answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge,
            $"{(int)answer.StatusCode}"
        );
    }

    [Fact]
    public async Task A_name_in_another_normal_form_is_counted_as_the_same_name()
    {
        var officer = await SomeOfficer.New(server);
        using var stranger = server.Client();
        string[] spellings =
        [
            officer.UserName,
            officer.UserName.ToUpperInvariant(),
            " " + officer.UserName,
            officer.UserName + "\u200B",
            string.Concat(officer.UserName.Select(c => char.IsAsciiLetterLower(c) ? (char)(c + 0xFEE0) : c)),
        ];
        foreach (var name in spellings)
            await stranger.SignIn(name.Normalize(NormalizationForm.FormD), "đoán bừa").Refused("sign-in.failed");

        await stranger.SignIn(officer.UserName, officer.Password).Refused("sign-in.failed");
    }

    [Fact]
    public async Task Two_tabs_that_sign_in_at_once_both_get_in_and_leaving_in_one_leaves_both()
    {
        var officer = await SomeOfficer.New(server);
        using var browser = server.Client();
        var answers = await Task.WhenAll(officer.SignIn(browser), officer.SignIn(browser));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        await browser.GetAsync("/api/me").Json();

        await browser.PostAsync("/sign-out", null).Json();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task An_invitation_dies_with_the_lock_and_with_the_next_one_and_is_used_once_by_two_at_once()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var (id, name, first) = await SomeOfficer.Invited(server);
        var second = (await admin.PostAsync($"/officers/{id}/invitation", null).Json())
            .GetProperty("password")
            .GetString()!;
        await server.Client().Choose(name, first, "một câu của tôi đây").Refused("sign-in.failed");

        await admin.PostAsJsonAsync($"/officers/{id}/lock", new { reason = "thử" }).Json();
        await server.Client().Choose(name, second, "một câu của tôi đây").Refused("sign-in.failed");
        await admin.PostAsync($"/officers/{id}/unlock", null).Json();

        var both = await Task.WhenAll(
            server.Client().Choose(name, second, "một câu của tôi đây"),
            server.Client().Choose(name, second, "một câu của kẻ gian kia")
        );
        Assert.Equal(1, both.Count(a => a.IsSuccessStatusCode));
    }

    [Fact]
    public async Task A_renamed_officer_acts_by_his_new_name_in_the_session_he_has()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var officer = await SomeOfficer.New(server);
        await admin.PostAsJsonAsync($"/officers/{officer.Id}/name", new { officerName = "Tên Mới Của Tôi" }).Json();

        Assert.Contains(
            "Tên Mới Của Tôi",
            (await officer.Client.GetAsync("/api/me").Json()).GetRawText(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Tên Mới Của Tôi",
            WebUtility.HtmlDecode(await officer.Client.GetStringAsync("/account")),
            StringComparison.Ordinal
        );
    }
}
