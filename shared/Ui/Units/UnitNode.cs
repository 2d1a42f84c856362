using Loa.Contracts.People;

namespace Loa.Ui;

/// <summary>A unit to choose, with all below it.</summary>
/// <param name="Count">What the officer reaches by it (speakers), with all below; 0 is not shown.</param>
/// <param name="MayChoose">False for a unit that only shows where the others lie.</param>
public sealed record UnitNode(Guid Id, string Name, int Count, IReadOnlyList<UnitNode> Children, bool MayChoose = true)
{
    /// <summary>The part of the tree under these roots, with the count of each unit itself.</summary>
    public static IReadOnlyList<UnitNode> Of(UnitTree tree, IEnumerable<Guid> roots, Func<Guid, int> countOf) =>
        [.. roots.Select(tree.Find).OfType<Unit>().Select(unit => Of(tree, unit, countOf))];

    static UnitNode Of(UnitTree tree, Unit unit, Func<Guid, int> countOf)
    {
        UnitNode[] children = [.. tree.ChildrenOf(unit.Id).Select(child => Of(tree, child, countOf))];
        return new(unit.Id, tree.NameOf(unit.Id), countOf(unit.Id) + children.Sum(c => c.Count), children);
    }

    internal bool Holds(IReadOnlySet<Guid> chosen) => chosen.Contains(Id) || Children.Any(c => c.Holds(chosen));
}
