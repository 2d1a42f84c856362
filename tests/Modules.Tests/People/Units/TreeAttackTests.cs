using System.Net;
using System.Net.Http.Json;
using Loa.Contracts.People;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Units;

public sealed class TreeAttackTests(RunningServer server)
{
    IUnits Units => server.Services.GetRequiredService<IUnits>();

    string Today => UnitStep.Text(Kernel.VietnamTime.Today(server.Clock));

    [Fact]
    public async Task Two_hamlets_do_not_become_each_others_parent_by_an_earlier_date()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var (a, b) = (await Establish(admin), await Establish(admin));

        await Transfer(admin, a, b, "2026-06-01").Json();

        await Transfer(admin, b, a, "2026-05-01").Refused("unit.parent-below");
        await Transfer(admin, a, a, "2026-05-01").Refused("unit.parent-below");
    }

    [Fact]
    public async Task A_unit_is_not_put_below_one_that_will_be_no_more_nor_dissolved_under_what_will_come()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var (ends, other, coming) = (await Establish(admin), await Establish(admin), await Establish(admin));
        await admin.PostAsJsonAsync($"/units/{ends}/dissolve", new { effective = "2027-01-01" }).Json();
        await Transfer(admin, other, coming, "2027-03-01").Json();

        await Transfer(admin, other, ends, "2026-04-01").Refused("unit.no-parent");
        await EstablishBelow(admin, ends, "2026-04-01").Refused("unit.no-parent");
        await admin
            .PostAsJsonAsync($"/units/{coming}/dissolve", new { effective = "2026-05-01" })
            .Refused("unit.has-children");
    }

    [Fact]
    public async Task A_child_is_not_older_than_its_parent_and_no_day_lies_beyond_the_calendar()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var parent = await Establish(admin);

        await EstablishBelow(admin, parent, "2025-12-31").Refused("unit.no-parent");
        await EstablishBelow(admin, parent, "0001-01-01").Refused("invalid", HttpStatusCode.BadRequest);
        await EstablishBelow(admin, parent, "9999-12-31").Refused("invalid", HttpStatusCode.BadRequest);
        await EstablishBelow(admin, parent, "2126-01-01").Refused("unit.day-out-of-range");
    }

    [Fact]
    public async Task Two_honest_transfers_at_the_same_moment_make_no_ring()
    {
        // Of its own: who signs in as the demo's administrator meanwhile, as many tests do, ends that one's oldest session.
        var admin = (await SomeOfficer.New(server, "administrator", where: "tinh.quantri")).Client;
        for (var pair = 0; pair < 12; pair++)
        {
            var (a, b) = (await Establish(admin), await Establish(admin));
            var answers = await Task.WhenAll(Transfer(admin, a, b, Today), Transfer(admin, b, a, Today));

            Assert.Single(answers, x => x.StatusCode == HttpStatusCode.OK);
            Assert.Single(answers, x => x.StatusCode == HttpStatusCode.Conflict);
        }
        Assert.Empty((await Units.Today(default)).Faults);
    }

    [Fact]
    public async Task Who_is_in_his_place_is_not_mended_and_a_commune_mends_nothing()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        using var other = await server.SignedIn("loctan.kythuat");
        var unit = await Establish(admin);
        var mend = new { parent = await Commune(), effective = Today };

        await admin.PostAsJsonAsync($"/units/{unit}/mend", mend).Refused("unit.not-astray");
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsJsonAsync($"/units/{unit}/mend", mend)).StatusCode);
    }

    async Task<Guid> Commune() => (await Units.Today(default)).All.First(u => u.StatisticsCode == "25450").Id;

    async Task<Guid> Establish(HttpClient admin) =>
        (await EstablishBelow(admin, await Commune(), "2026-01-01").Json(HttpStatusCode.Created))
            .GetProperty("id")
            .GetGuid();

    static Task<HttpResponseMessage> EstablishBelow(HttpClient admin, Guid parent, string effective) =>
        admin.PostAsJsonAsync(
            "/units",
            new
            {
                unitName = $"Ấp Vòng {Guid.CreateVersion7():N}",
                unitKind = "ap",
                parent,
                effective,
            }
        );

    static Task<HttpResponseMessage> Transfer(HttpClient admin, Guid unit, Guid parent, string effective) =>
        admin.PostAsJsonAsync($"/units/{unit}/parent", new { parent, effective });
}
