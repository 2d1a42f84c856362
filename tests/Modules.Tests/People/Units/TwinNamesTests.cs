using Loa.Contracts.People;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Units;

/// <summary>Communes were merged, and each brought an Ấp 1: whoever chooses one has to see which.</summary>
public sealed class TwinNamesTests(RunningServer server)
{
    [Fact]
    public async Task No_two_units_beside_each_other_read_the_same()
    {
        var tree = await Tree(null);
        var alike = tree
            .All.GroupBy(u => (u.ParentId, Shown: tree.NameOf(u.Id)))
            .Where(g => g.Count() > 1)
            .Select(g => g.Key.Shown);

        Assert.Empty(alike);
    }

    [Fact]
    public async Task A_hamlet_that_has_a_namesake_is_told_by_the_commune_it_came_from()
    {
        var tree = await Tree(null);
        var twins = tree.All.GroupBy(u => (u.ParentId, u.Name)).First(g => g.Count() > 1).ToList();

        Assert.All(
            twins,
            twin =>
                Assert.Equal(
                    $"{twin.Name} ({char.ToLowerInvariant(twin.CameFrom![0])}{twin.CameFrom[1..]} cũ)",
                    tree.NameOf(twin.Id)
                )
        );
        Assert.All(
            twins,
            twin => Assert.StartsWith(tree.NameOf(twin.Id) + ", ", tree.PlaceOf(twin.Id), StringComparison.Ordinal)
        );
        // Before the merger nothing had to be told apart.
        var before = await Tree(new DateOnly(2024, 6, 1));
        Assert.All(twins, twin => Assert.Equal(twin.Name, before.NameOf(twin.Id)));
    }

    [Fact]
    public void Of_two_that_came_from_one_commune_the_second_bears_a_number()
    {
        var root = Guid.CreateVersion7();
        Unit[] units = [Unit("Tỉnh", null, root), Unit("Ấp 1", root), Unit("Ấp 1", root), Unit("Ấp 2", root)];
        var tree = new UnitTree(new(2026, 1, 1), units);

        Assert.Equal(["Ấp 1", "Ấp 1 · 2", "Ấp 2"], tree.ChildrenOf(root).Select(u => tree.NameOf(u.Id)).Order());
    }

    static Unit Unit(string name, Guid? parent, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), name, "ap", parent, new(2025, 7, 1), null, null, null, null, null, []);

    async Task<UnitTree> Tree(DateOnly? day)
    {
        var units = server.Services.GetRequiredService<IUnits>();
        return day is { } asked ? await units.AsOf(asked, default) : await units.Today(default);
    }
}
