using Loa.Air;
using Loa.Contracts.People;
using Loa.Kernel;

namespace Loa.Trust.Delegations;

/// <summary>What an officer's posts let his key cover: for each kind of document the units of the posts that allow it, and all below them.</summary>
static class KeyReach
{
    public static IReadOnlyList<Guid> Units(Sight sight) =>
        [.. KeyKinds.Offered(sight).SelectMany(kind => Units(sight, kind)).Distinct()];

    public static IReadOnlyList<Guid> Units(Sight sight, AirKind kind) =>
        [
            .. sight
                .Posts.Where(p => sight.Roles.MayHold(p.Role, [kind]) && sight.Tree.Find(p.UnitId) is not null)
                .Select(p => p.UnitId)
                .Distinct(),
        ];

    /// <summary>Whether his own posts reach every unit for every kind.</summary>
    public static bool Covers(Sight sight, IEnumerable<AirKind> kinds, IReadOnlyCollection<Guid> units) =>
        sight.Roles.Covers(sight.Tree, sight.Posts, kinds, units);

    /// <summary>Whether these posts reach every unit for every kind.</summary>
    public static bool Covers(
        this Roles roles,
        UnitTree tree,
        IReadOnlyList<HeldPost> posts,
        IEnumerable<AirKind> kinds,
        IReadOnlyCollection<Guid> units
    ) =>
        kinds.All(kind =>
            units.All(unit => posts.Any(p => roles.MayHold(p.Role, [kind]) && tree.IsInside(unit, p.UnitId)))
        );
}
