using Loa.Kernel;

namespace Loa.People.Keys;

/// <summary>What an officer's posts let his key cover: the units of those posts that may hold one, and all below them.</summary>
static class KeyReach
{
    public static IReadOnlyList<Guid> Units(Sight sight) =>
        [
            .. sight
                .Posts.Where(p => Rights.Gives(p.Role, Rights.HoldKey) && sight.Tree.Find(p.UnitId) is not null)
                .Select(p => p.UnitId)
                .Distinct(),
        ];

    public static bool Covers(Sight sight, IEnumerable<Guid> units) =>
        units.All(unit => Units(sight).Any(root => sight.Tree.IsInside(unit, root)));
}
