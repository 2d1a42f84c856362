using System.Net;
using System.Net.Http.Json;

namespace Loa.People.Officers;

public sealed class AskAppointmentTests(RunningServer server)
{
    [Theory]
    [InlineData("tinh.duyet", "approver")]
    [InlineData("tinh.duyet", "administrator")]
    [InlineData("loctan.bientap", "administrator")]
    public async Task A_post_that_reaches_far_is_named_before_it_is_given(string where, string role)
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var unit = await server.UnitOf(where);

        using var answer = await Ask(admin, unit, role);
        var question = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(Kernel.Words.All["role." + role][0].ToLowerInvariant(), question, StringComparison.Ordinal);
        Assert.Contains(await NameOf(admin, unit), question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_author_of_a_commune_is_appointed_unasked()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        using var answer = await Ask(admin, await server.UnitOf("loctan.bientap"), "author");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task An_officer_is_not_registered_with_a_unit_or_a_role_that_nobody_chose()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var form = new Dictionary<string, string>
        {
            ["officerName"] = "Ai đó",
            ["userName"] = "ai.do.chua.chon",
            ["postUnit"] = "",
            ["postRole"] = "",
        };
        var answer = await admin
            .PostAsync("/officers", new FormUrlEncodedContent(form))
            .Json(HttpStatusCode.BadRequest);

        Assert.True(answer.GetProperty("errors").TryGetProperty("postRole", out _));
    }

    static Task<HttpResponseMessage> Ask(HttpClient admin, Guid unit, string role) =>
        admin.PostAsJsonAsync("/officers/question", new { postUnit = unit, postRole = role });

    static async Task<string> NameOf(HttpClient admin, Guid unit) =>
        (await admin.GetAsync($"/api/units/{unit}").Json()).GetProperty("name").GetString()!;
}
