using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Contracts.People;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Units;

public sealed class UnitTreeTests(RunningServer server)
{
    static readonly DateOnly Before = new(2024, 5, 1);
    static readonly DateOnly LastDay = new(2025, 6, 30);
    static readonly DateOnly Reform = new(2025, 7, 1);

    IUnits Units => server.Services.GetRequiredService<IUnits>();

    [Fact]
    public async Task Before_the_reform_the_code_25195_is_Tan_Phu_under_a_district()
    {
        var tree = await Units.AsOf(Before, default);
        var unit = Assert.Single(tree.All, u => u.StatisticsCode == "25195");

        Assert.Equal("Phường Tân Phú", unit.Name);
        Assert.Equal("689", tree.Find(unit.ParentId!.Value)!.StatisticsCode);
        Assert.Equal(["70", "689", "25195"], tree.PathOf(unit.Id).Select(id => tree.Find(id)!.StatisticsCode));
    }

    [Fact]
    public async Task Today_the_code_25195_is_Binh_Phuoc_right_under_the_new_province()
    {
        var tree = await Units.Today(default);
        var unit = Assert.Single(tree.All, u => u.StatisticsCode == "25195");

        Assert.Equal("Phường Bình Phước", unit.Name);
        Assert.Equal("75", tree.Find(unit.ParentId!.Value)!.StatisticsCode);
        Assert.DoesNotContain(tree.All, u => u.StatisticsCode?.Length == 3);
    }

    [Fact]
    public async Task The_reform_leaves_one_province_forty_communes_and_every_hamlet()
    {
        var before = await Units.AsOf(LastDay, default);
        var after = await Units.AsOf(Reform, default);

        Assert.Equal(123 + 843, before.Count);
        Assert.Equal(1 + 40 + 843, after.Count);
        Assert.All(after.All.Where(IsHamlet), h => Assert.Equal(3, after.PathOf(h.Id).Count));
        Assert.Equal(Ids(before.All.Where(IsHamlet)), Ids(after.All.Where(IsHamlet)));
        Assert.Empty((await Units.AsOf(new(2022, 9, 30), default)).All);
    }

    [Fact]
    public async Task Every_new_commune_names_old_communes_it_came_out_of_and_each_old_one_went_to_one()
    {
        var before = await Units.AsOf(LastDay, default);
        var after = await Units.AsOf(Reform, default);
        var communes = after.All.Where(u => u.StatisticsCode?.Length == 5).ToList();

        Assert.All(communes, c => Assert.NotEmpty(c.Predecessors));
        Assert.Equal(
            Ids(before.All.Where(u => u.StatisticsCode?.Length == 5)),
            communes.SelectMany(c => c.Predecessors).Order()
        );
        Assert.All(
            communes.Where(c => before.All.Any(o => o.StatisticsCode == c.StatisticsCode && o.Name == c.Name)),
            c => Assert.Contains(before.All.Single(o => o.StatisticsCode == c.StatisticsCode).Id, c.Predecessors)
        );
    }

    [Fact]
    public async Task A_program_gets_both_answers()
    {
        using var client = await server.SignedIn("thienhung.bientap");

        var old = await client.GetAsync("/api/units?asOf=2024-05-01").Json();
        var typed = await client.GetAsync("/api/units?asOf=1/5/2024").Json();
        var now = await client.GetAsync("/api/units?q=25195").Json();

        Assert.Equal(966, old.GetProperty("count").GetInt32());
        Assert.Equal("2024-05-01", typed.GetProperty("asOf").GetString());
        Assert.Equal(
            "Phường Bình Phước",
            Assert.Single(now.GetProperty("units").EnumerateArray()).GetProperty("name").GetString()
        );
    }

    [Fact]
    public async Task A_search_needs_no_marks()
    {
        using var client = await server.SignedIn("thienhung.bientap");

        var found = await client.GetAsync("/api/units?q=bu+dang").Json();
        var page = await client.GetStringAsync("/units?q=bu+dang");

        Assert.Contains(
            found.GetProperty("units").EnumerateArray(),
            u => u.GetProperty("name").GetString() == "Xã Bù Đăng"
        );
        Assert.Contains("Xã Bù Đăng", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_counts_from_its_day_and_not_before()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var parent = (await Units.Today(default)).All.First(u => u.StatisticsCode == "25450").Id;
        var made = await admin
            .PostAsJsonAsync(
                "/units",
                new
                {
                    unitName = "Ấp Thử",
                    unitKind = "ap",
                    parent,
                    effective = "2026-01-01",
                }
            )
            .Json(HttpStatusCode.Created);
        var id = made.GetProperty("id").GetGuid();

        await admin.PostAsJsonAsync($"/units/{id}/name", new { unitName = "Ấp Mới", effective = "2026-03-01" }).Json();
        await admin.PostAsJsonAsync($"/units/{id}/dissolve", new { effective = "2026-05-01" }).Json();

        Assert.Null((await Units.AsOf(new(2025, 12, 31), default)).Find(id));
        Assert.Equal("Ấp Thử", (await Units.AsOf(new(2026, 2, 28), default)).Find(id)!.Name);
        Assert.Equal("Ấp Mới", (await Units.AsOf(new(2026, 3, 1), default)).Find(id)!.Name);
        Assert.Null((await Units.AsOf(new(2026, 5, 1), default)).Find(id));
    }

    [Fact]
    public async Task A_unit_with_others_below_it_is_not_dissolved()
    {
        using var admin = await server.SignedIn("tinh.quantri");
        var commune = (await Units.Today(default)).All.First(u => u.StatisticsCode == "25450").Id;

        await admin.PostAsJsonAsync($"/units/{commune}/dissolve", new { }).Refused("unit.has-children");
    }

    [Fact]
    public async Task Pages_of_units_open_for_yesterday_and_today()
    {
        using var client = await server.SignedIn("tinh.kiemtra");
        var district = (await Units.AsOf(Before, default)).All.Single(u => u.StatisticsCode == "692").Id;

        Assert.Contains(
            "Huyện Lộc Ninh",
            await client.GetStringAsync("/units?asOf=2024-05-01"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "692",
            await client.GetStringAsync($"/units/{district}?asOf=2024-05-01"),
            StringComparison.Ordinal
        );
        Assert.Contains("Huyện Lộc Ninh", await client.GetStringAsync($"/units/{district}"), StringComparison.Ordinal);
    }

    static bool IsHamlet(Unit unit) => unit.StatisticsCode is null && unit.Kind is "ap" or "khu_pho";

    static IEnumerable<Guid> Ids(IEnumerable<Unit> units) => units.Select(u => u.Id).Order();
}
