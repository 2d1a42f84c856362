using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Contracts.People;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Officers;

public sealed class PostRulesTests(RunningServer server)
{
    [Fact]
    public async Task A_post_stands_in_a_unit_that_is_in_being_on_its_first_and_last_day()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var (id, _) = await Register(admin, await Unit("25450"));
        var gone = (await server.Services.GetRequiredService<IUnits>().AsOf(new(2025, 6, 30), default)).All.First(u =>
            u.StatisticsCode == "689"
        );

        await Appoint(admin, id, gone.Id, "2025-01-01", "2025-06-30", HttpStatusCode.Forbidden);
        await Appoint(admin, id, await Unit("25450"), "2025-06-30", null, "officer.post-unit-not-then");
        await Appoint(admin, id, await Unit("25450"), "2026-01-02", "2026-01-01", "officer.post-ends-first");
    }

    [Fact]
    public async Task One_officer_does_not_hold_the_same_post_twice_on_one_day_not_even_by_two_clicks()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var unit = await Unit("25450");
        var (id, _) = await Register(admin, await Unit("25195"));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Post(admin, id, unit, "2026-01-01", "2026-12-31"))
        );
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        await Appoint(admin, id, unit, "2026-12-31", null, "officer.post-twin");
        await Appoint(admin, id, unit, "2027-01-01", null, null);
    }

    [Fact]
    public async Task A_post_does_not_end_before_it_begins_nor_is_it_drawn_out_over_the_next()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var unit = await Unit("25450");
        var (id, _) = await Register(admin, await Unit("25195"));
        var first = await Appoint(admin, id, unit, "2026-01-01", "2027-01-31", null);
        await Appoint(admin, id, unit, "2027-02-01", null, null);

        await End(admin, id, first, "2025-12-31").Refused("officer.post-ends-first");
        await End(admin, id, first, "2027-02-01").Refused("officer.post-twin");
        await End(admin, id, first, "2026-12-31").Json();
    }

    static Task<HttpResponseMessage> End(HttpClient admin, Guid officer, Guid post, string last) =>
        admin.PostAsJsonAsync($"/officers/{officer}/posts/{post}/end", new { postTo = last });

    async Task<Guid> Unit(string code) =>
        (await server.Services.GetRequiredService<IUnits>().Today(default)).All.First(u => u.StatisticsCode == code).Id;

    static Task<HttpResponseMessage> Post(HttpClient admin, Guid id, Guid unit, string from, string? to) =>
        admin.PostAsJsonAsync(
            $"/officers/{id}/posts",
            new
            {
                postUnit = unit,
                postRole = "author",
                postFrom = from,
                postTo = to,
            }
        );

    static async Task<Guid> Appoint(HttpClient admin, Guid id, Guid unit, string from, string? to, string? refused)
    {
        if (refused is null)
            return (await Post(admin, id, unit, from, to).Json(HttpStatusCode.Created)).GetProperty("postId").GetGuid();
        await Post(admin, id, unit, from, to).Refused(refused);
        return default;
    }

    static async Task Appoint(HttpClient admin, Guid id, Guid unit, string from, string? to, HttpStatusCode status) =>
        Assert.Equal(status, (await Post(admin, id, unit, from, to)).StatusCode);

    static async Task<(Guid Id, JsonElement Invitation)> Register(HttpClient admin, Guid unit)
    {
        var invitation = await admin
            .PostAsJsonAsync(
                "/officers",
                new
                {
                    officerName = "Người Giữ Chức",
                    userName = "chuc" + Guid.CreateVersion7().ToString("N")[^12..],
                    postUnit = unit,
                    postRole = "author",
                }
            )
            .Json();
        return (invitation.GetProperty("officerId").GetGuid(), invitation);
    }
}
