using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Newsroom;
using Loa.People;

namespace Loa.Broadcasting;

public sealed class RevokedApproverTests(RunningServer server)
{
    [Theory]
    [InlineData("lock")]
    [InlineData("post")]
    public async Task With_the_approver_goes_his_delegation_what_he_approved_and_what_of_it_is_on_the_air(string way)
    {
        var approver = await SomeOfficer.New(server, "approver");
        var leader = await Leader.Of(server, approver.Client);
        using var author = await server.SignedIn("loctan.bientap");
        using var chief = await server.SignedIn("loctan.duyet");
        using var admin = await server.SignedIn("tinh.quantri");
        var bulletin = await author.Submit();
        await leader.Approve(bulletin.Id, bulletin.Acts).Json();
        var post = (await approver.Client.GetAsync("/api/me").Json()).GetProperty("posts")[0];
        var unit = post.GetProperty("unitId").GetGuid();
        var broadcast = (await Play().Json(HttpStatusCode.Created)).GetProperty("id").GetGuid();

        if (way == "lock")
            await admin.PostAsJsonAsync($"/officers/{approver.Id}/lock", new { reason = "thử" }).Json();
        else
            await admin
                .PostAsJsonAsync($"/officers/{approver.Id}/posts/{post.GetProperty("id").GetGuid()}/end", new { })
                .Json();

        using var refused = await Play();
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("broadcast.release-refused", problem.GetProperty("code").GetString());
        Assert.Contains("Cán bộ thử", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await RunningServer.Until(
            async () =>
                (await chief.GetAsync($"/api/broadcasts/{broadcast}").Json()).GetProperty("state").GetString()
                == "stopped",
            "the server takes out what nobody stands by"
        );

        Task<HttpResponseMessage> Play() =>
            chief.PostAsJsonAsync("/broadcasts", new { bulletin = bulletin.Id, units = new[] { unit } });
    }
}
