using Loa.Air;
using Loa.Contracts.People;
using Loa.Kernel;

namespace Loa.People.Keys;

/// <summary>
/// What an officer's posts let his key cover: releases for the units where he approves, placements where he claims
/// speakers, and all below them.
/// </summary>
static class KeyReach
{
    /// <summary>The kinds of document that officers' keys sign, each with the right that it takes.</summary>
    public static readonly IReadOnlyDictionary<AirKind, string> Kinds = new Dictionary<AirKind, string>
    {
        [AirKind.Release] = Rights.ApproveBulletins,
        [AirKind.Placement] = Rights.ClaimSpeakers,
    };

    public static IReadOnlyList<Guid> Units(Sight sight) =>
        [.. Kinds.Keys.SelectMany(kind => Units(sight, kind)).Distinct()];

    public static IReadOnlyList<Guid> Units(Sight sight, AirKind kind) =>
        [.. Held(sight.Posts, kind).Select(p => p.UnitId).Where(u => sight.Tree.Find(u) is not null).Distinct()];

    /// <summary>Whether these posts reach every unit for every kind.</summary>
    public static bool Covers(
        UnitTree tree,
        IReadOnlyList<HeldPost> posts,
        IEnumerable<AirKind> kinds,
        IReadOnlyCollection<Guid> units
    ) =>
        kinds.All(kind =>
            Kinds.ContainsKey(kind) && units.All(unit => Held(posts, kind).Any(p => tree.IsInside(unit, p.UnitId)))
        );

    static IEnumerable<HeldPost> Held(IEnumerable<HeldPost> posts, AirKind kind) =>
        posts.Where(p => Rights.Gives(p.Role, Rights.HoldKey) && Rights.Gives(p.Role, Kinds[kind]));
}
