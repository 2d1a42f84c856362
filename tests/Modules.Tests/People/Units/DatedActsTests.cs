using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Cluster;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Units;

/// <summary>Dates beyond those of parents: codes, ends, what a unit came out of, and the ends of the calendar.</summary>
public sealed class DatedActsTests(RunningServer server)
{
    const string Commune = "xa";

    [Theory]
    [InlineData("0001-01-01", "invalid", HttpStatusCode.BadRequest)]
    [InlineData("9999-12-31", "invalid", HttpStatusCode.BadRequest)]
    [InlineData("2126-01-01", "unit.day-out-of-range", HttpStatusCode.Conflict)]
    // Before it was: there was no such unit.
    [InlineData("1900-01-01", "missing.unit", HttpStatusCode.NotFound)]
    public async Task No_act_counts_from_a_day_on_which_it_cannot(string day, string code, HttpStatusCode status)
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var unit = await Establish(admin, await Top(admin));
        await admin
            .PostAsJsonAsync($"/units/{unit}/codes", new { statisticsCode = "1", effective = day })
            .Refused(code, status);
        await admin
            .PostAsJsonAsync($"/units/{unit}/name", new { unitName = "X", effective = day })
            .Refused(code, status);
        await admin.PostAsJsonAsync($"/units/{unit}/dissolve", new { effective = day }).Refused(code, status);
    }

    [Fact]
    public async Task A_code_of_an_earlier_day_changes_that_day_and_the_later_one_stands()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var unit = await Establish(admin, await Top(admin));
        await admin
            .PostAsJsonAsync($"/units/{unit}/codes", new { statisticsCode = "B", effective = "2026-06-01" })
            .Json();
        await admin
            .PostAsJsonAsync($"/units/{unit}/codes", new { statisticsCode = "A", effective = "2026-03-01" })
            .Json();

        Assert.Equal((null, "A", "B"), (await Code("2026-02-01"), await Code("2026-05-31"), await Code("2026-06-01")));

        async Task<string?> Code(string day) =>
            (await server.Services.GetRequiredService<IUnits>().AsOf(UnitStep.DayOf(day), CancellationToken.None))
                .Find(unit)
                ?.StatisticsCode;
    }

    [Fact]
    public async Task A_chain_of_units_has_an_end_and_the_whole_tree_is_walked_all_the_same()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var at = await Top(admin);
        for (var level = 2; level <= TreeRules.MostLevels; level++)
            at = await Establish(admin, at);

        await Ask(admin, at).Refused("unit.too-deep");
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/units/{at}")).StatusCode);
    }

    [Fact]
    public async Task A_unit_that_came_out_of_itself_or_of_nothing_has_a_page()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var (one, other, top) = (Guid.CreateVersion7(), Guid.CreateVersion7(), await Top(admin));
        foreach (var (unit, from) in ((Guid, Guid)[])[(one, other), (other, one)])
            await server.With<PeopleDb, bool>(async db =>
            {
                var patch = new JsonObject
                {
                    ["unit_name"] = "Vòng",
                    ["unit_kind"] = Commune,
                    ["parent"] = top.ToString(),
                    ["effective"] = "2026-01-01",
                    ["predecessors"] = new JsonArray([$"{from}", $"{unit}", $"{Guid.Empty}"]),
                };
                await db.Atomically(() =>
                    db.Open(
                        UnitProcedure.Definition,
                        unit,
                        unit,
                        UnitProcedure.Establish,
                        new(patch),
                        Actor.Server,
                        server.Clock.Moment(),
                        CancellationToken.None
                    )
                );
                return true;
            });
        server.Services.GetRequiredService<INodeCaches>().Forget<UnitRegister>(one);

        foreach (var unit in (Guid[])[one, other])
        {
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/units/{unit}")).StatusCode);
            await admin.GetAsync($"/api/units/{unit}").Json();
        }
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1899-12-31")]
    [InlineData("9999-12-31")]
    public async Task A_question_for_the_ends_of_the_calendar_has_an_answer(string day)
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var top = await Top(admin);
        foreach (
            var address in (string[])
                [
                    $"/units?asOf={day}",
                    $"/api/units?asOf={day}",
                    $"/units.csv?asOf={day}",
                    $"/units/{top}?asOf={day}",
                    $"/api/units/{top}?asOf={day}",
                    $"/security?from={day}",
                    $"/security?to={day}",
                    $"/api/security?from={day}&to={day}",
                    $"/security.csv?from={day}",
                ]
        )
        {
            using var answer = await admin.GetAsync(address);
            Assert.True((int)answer.StatusCode < 500, $"{address}: {(int)answer.StatusCode}");
        }
    }

    static async Task<Guid> Top(HttpClient admin) =>
        (await admin.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("unitId").GetGuid();

    static async Task<Guid> Establish(HttpClient admin, Guid parent) =>
        (await Ask(admin, parent).Json(HttpStatusCode.Created)).GetProperty("id").GetGuid();

    static Task<HttpResponseMessage> Ask(HttpClient admin, Guid parent) =>
        admin.PostAsJsonAsync(
            "/units",
            new
            {
                unitName = $"Xã thử {Guid.CreateVersion7():N}",
                unitKind = Commune,
                parent,
                effective = "2026-01-01",
            }
        );
}
