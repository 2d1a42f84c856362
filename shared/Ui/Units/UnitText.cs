using Loa.Contracts.People;
using Loa.Vietnamese;

namespace Loa.Ui;

/// <summary>A unit as somebody types or picks it in one line.</summary>
public static class UnitText
{
    const int MostOffered = 300;

    /// <summary>The unit that is meant; none that exists when there is no such one, null when nothing is said.</summary>
    public static Guid? Read(string text, UnitTree tree)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (Guid.TryParse(text, out var id))
            return id;
        var key = SortKey.Of(text);
        var terms = SearchTerms.Of(text);
        return InOrder(tree, tree.Roots.Select(r => r.Id))
            .OrderByDescending(u => SortKey.Of(tree.PlaceOf(u)) == key)
            .ThenByDescending(u => SortKey.Of(tree.NameOf(u)) == key)
            .FirstOrDefault(u => SortKey.Of(tree.NameOf(u)) == key || terms.AreIn(tree.PlaceOf(u)));
    }

    /// <summary>What was said, as the unit is called.</summary>
    public static string Shown(string text, UnitTree tree) =>
        Read(text, tree) is { } unit && tree.Find(unit) is not null ? tree.PlaceOf(unit) : text;

    /// <summary>The units to choose from: down to the communes, and their hamlets where these are few.</summary>
    public static IReadOnlyList<string> Offered(UnitTree tree, IEnumerable<Guid> roots)
    {
        Guid[] all = [.. InOrder(tree, roots)];
        return [.. (all.Length <= MostOffered ? all : all.Where(u => tree.ChildrenOf(u).Any())).Select(tree.PlaceOf)];
    }

    static IEnumerable<Guid> InOrder(UnitTree tree, IEnumerable<Guid> roots) =>
        roots.SelectMany(tree.SubtreeOf).Select(u => u.Id).Distinct();
}
