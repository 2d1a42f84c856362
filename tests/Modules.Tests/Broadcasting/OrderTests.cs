using System.Net;
using System.Net.Http.Json;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Broadcasting;

/// <summary>Whose an order is.</summary>
[Collection(nameof(DeviceServer))]
public sealed class OrderTests(DeviceServer server)
{
    [Fact]
    public async Task A_form_sent_twice_orders_once_and_the_number_of_anothers_order_is_none()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        var unit = (await server.Place()).UnitId;
        var air = await server.Air(unit);
        var order = Guid.CreateVersion7();
        var first = await Order(leader, air, [unit], order).Json(HttpStatusCode.Created);
        var again = await Order(leader, air, [unit], order).Json(HttpStatusCode.Created);
        Assert.Equal(order, first.GetProperty("id").GetGuid());
        Assert.Equal(order, again.GetProperty("id").GetGuid());

        // Of the server's own making here, and so nobody's; then another bulletin, then other units.
        await Order(leader, air, [unit], air.Broadcast).Refused("broadcast.order-taken");
        var elsewhere = (await server.Place()).UnitId;
        var other = await server.Air(unit, elsewhere);
        await Order(leader, other, [unit], order).Refused("broadcast.order-taken");
        var both = await Order(leader, other, [unit, elsewhere]).Json(HttpStatusCode.Created);
        await Order(leader, other, [unit], both.GetProperty("id").GetGuid()).Refused("broadcast.order-taken");
    }

    [Fact]
    public async Task Two_forms_at_once_order_once()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        var unit = (await server.Place()).UnitId;
        var air = await server.Air(unit);
        var order = Guid.CreateVersion7();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Order(leader, air, [unit], order).Json(HttpStatusCode.Created))
        );
        Assert.All(answers, a => Assert.Equal(order, a.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task What_is_ordered_by_two_posts_belongs_to_both_units()
    {
        using var both = await server.Running.SignedIn("loctan.duyet");
        using var other = await server.Running.SignedIn("binhphuoc.duyet");
        var (his, theirs) = (await UnitOf(both), await UnitOf(other));
        await AlsoLeads(both, theirs);
        var air = await server.Air(his, theirs);
        var id = (await Order(both, air, [his, theirs]).Json(HttpStatusCode.Created)).GetProperty("id").GetGuid();

        await other.GetAsync($"/api/broadcasts/{id}").Json();
        using var list = new HttpRequestMessage(HttpMethod.Get, "/broadcasts")
        {
            Headers = { { "Accept", "text/html" } },
        };
        using var shown = await other.SendAsync(list);
        Assert.Contains($"/broadcasts/{id}", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var stranger = await server.Running.SignedIn("phuoclong.duyet");
        // What one may not see is not there.
        await stranger.GetAsync($"/api/broadcasts/{id}").Refused("missing.broadcast", HttpStatusCode.NotFound);
        await stranger
            .PostAsJsonAsync($"/broadcasts/{id}/stop", new { comment = "x" })
            .Refused("missing.broadcast", HttpStatusCode.NotFound);
        await other.PostAsJsonAsync($"/broadcasts/{id}/stop", new { comment = "Của xã tôi" }).Json();
    }

    [Fact]
    public async Task The_question_before_an_order_names_class_length_places_and_one_number_of_speakers()
    {
        using var leader = await server.Running.SignedIn("tinh.duyet");
        await using var online = await server.Connected();
        var unit = (await server.Find(online.Id)).UnitId;
        var air = await server.Air(unit);
        var counted = await server.Running.Services.GetRequiredService<ISpeakers>().Count([unit], default);
        var tree = await server.Running.Services.GetRequiredService<IUnits>().Today(default);

        var question = await Asked([unit]);

        Assert.Contains(air.Bulletin.Title, question, StringComparison.Ordinal);
        Assert.Contains($" {counted.Enrolled} cụm loa", question, StringComparison.Ordinal);
        Assert.Contains($"({counted.Enrolled - counted.Online} ", question, StringComparison.Ordinal);
        Assert.Contains(tree.PlaceOf(unit), question, StringComparison.Ordinal);
        using var stranger = await server.Running.SignedIn("phuoclong.duyet");
        using var refused = await stranger.PostAsJsonAsync(
            "/broadcasts/question",
            new { bulletin = air.Bulletin.BulletinId, units = new[] { unit } }
        );
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        async Task<string> Asked(Guid[] units)
        {
            using var answer = await leader.PostAsJsonAsync(
                "/broadcasts/question",
                new { bulletin = air.Bulletin.BulletinId, units }
            );
            return await answer.Content.ReadAsStringAsync();
        }
    }

    static Task<HttpResponseMessage> Order(
        HttpClient leader,
        DeviceServer.OnAir air,
        Guid[] units,
        Guid? order = null
    ) =>
        leader.PostAsJsonAsync(
            "/broadcasts",
            new
            {
                bulletin = air.Bulletin.BulletinId,
                units,
                order,
            }
        );

    static async Task<Guid> UnitOf(HttpClient officer) =>
        (await officer.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("unitId").GetGuid();

    async Task AlsoLeads(HttpClient officer, Guid unit)
    {
        var me = await officer.GetAsync("/api/me").Json();
        using var admin = await server.Running.SignedIn("tinh.quantri");
        await admin
            .PostAsJsonAsync(
                $"/officers/{me.GetProperty("officerId").GetGuid()}/posts",
                new
                {
                    postUnit = unit,
                    postRole = me.GetProperty("posts")[0].GetProperty("role").GetString(),
                    postFrom = server.Running.Clock.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd"),
                }
            )
            .Json(HttpStatusCode.Created);
    }
}
