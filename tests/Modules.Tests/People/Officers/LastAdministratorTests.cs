using System.Net;
using System.Net.Http.Json;

namespace Loa.People.Officers;

/// <summary>A province without an administrator can let nobody in: no slip of the hand and no two at once bring it there.</summary>
public sealed class LastAdministratorTests : IAsyncLifetime
{
    readonly RunningServer server = new();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_last_administrator_of_the_province_stays()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var other = await SomeOfficer.New(server, "administrator", where: "tinh.quantri");
        var (first, id) = (await Post(admin), await admin.OfficerId());

        // Each takes the other's post away at the same moment; one of them must stay.
        var second = await Post(other.Client);
        var answers = await Task.WhenAll(
            admin.PostAsJsonAsync($"/officers/{other.Id}/lock", new { reason = "thử" }),
            other.Client.PostAsJsonAsync($"/officers/{id}/lock", new { reason = "thử" })
        );
        Assert.Equal(1, answers.Count(a => a.IsSuccessStatusCode));
        var (left, leftId, post) = answers[0].IsSuccessStatusCode
            ? (admin, id, first)
            : (other.Client, other.Id, second);

        await left.PostAsJsonAsync($"/officers/{leftId}/posts/{post}/end", new { })
            .Refused("officer.last-administrator");
        var tomorrow = DateOnly.FromDateTime(server.Clock.GetUtcNow().AddHours(7).DateTime).AddDays(1);
        await left.PostAsJsonAsync($"/officers/{leftId}/posts/{post}/end", new { postTo = tomorrow })
            .Refused("officer.last-administrator");
        Assert.Equal(HttpStatusCode.OK, (await left.GetAsync("/officers")).StatusCode);
    }

    static async Task<Guid> Post(HttpClient client) =>
        (await client.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("id").GetGuid();
}
