using Loa.Air;
using Loa.Kernel;

namespace Loa.People.Keys;

/// <summary>What an officer's posts let his key cover: the units of those posts that allow all of these kinds, and all below them.</summary>
static class KeyReach
{
    public static IReadOnlyList<Guid> Units(Sight sight, IReadOnlyList<AirKind> kinds) =>
        [
            .. sight
                .Posts.Where(p => KeyKinds.MayHold(p.Role, kinds) && sight.Tree.Find(p.UnitId) is not null)
                .Select(p => p.UnitId)
                .Distinct(),
        ];

    public static bool Covers(Sight sight, IEnumerable<Guid> units, IReadOnlyList<AirKind> kinds) =>
        units.All(unit => Units(sight, kinds).Any(root => sight.Tree.IsInside(unit, root)));
}
