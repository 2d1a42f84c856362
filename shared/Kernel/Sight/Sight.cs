using Loa.Contracts.People;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>The units over which somebody holds a right.</summary>
/// <param name="Everywhere">The whole tree: a query need not list the units.</param>
public sealed record Reach(bool Everywhere, IReadOnlyList<Guid> Roots, IReadOnlyList<Guid> Units)
{
    // Lists are narrowed by InSight, which cannot forget who sees everything.
    internal IReadOnlyList<Guid> Units { get; } = Units;

    public bool IsEmpty => !Everywhere && Units.Count == 0;

    public bool Holds(Guid unit) => Everywhere || Units.Contains(unit);
}

/// <summary>
/// What the one who asks may see and do: a right is role × unit sub-tree × moment, and it is decided here and nowhere else.
/// Loaded once per request; empty for nobody.
/// </summary>
public sealed class Sight(IUnits units, IPosts postsOf, ISessions sessions, Roles roles)
{
    /// <summary>The claim of the cookie that names the session.</summary>
    public const string SessionClaim = "loa:session";

    /// <summary>The cookie itself; over TLS its name has a prefix.</summary>
    public const string SessionCookie = "loa-session";

    internal static bool IsSessionCookie(string name) => name.EndsWith(SessionCookie, StringComparison.Ordinal);

    UnitTree? tree;

    public IReadOnlyList<HeldPost> Posts { get; private set; } = [];

    public bool IsSignedIn => OfficerId is not null;

    public Guid? OfficerId { get; private set; }

    /// <summary>The session he came in by.</summary>
    public Guid? SessionId { get; private set; }

    public string OfficerName => Posts.Count > 0 ? Posts[0].OfficerName : "";

    public UnitTree Tree =>
        tree ?? throw new InvalidOperationException("Sight was not loaded: the route has no permission of its own.");

    public async ValueTask Load(Guid? officerId, CancellationToken cancel, Guid? sessionId = null)
    {
        tree = await units.Today(cancel);
        (OfficerId, SessionId) = (officerId, sessionId);
        Posts = officerId is { } id ? await postsOf.Of(id, cancel) : [];
    }

    /// <summary>Sees what another sees that was loaded for the same request.</summary>
    public void Like(Sight other) =>
        (tree, OfficerId, SessionId, Posts) = (other.tree, other.OfficerId, other.SessionId, other.Posts);

    /// <summary>
    /// For what lasts longer than a request: whether the one who asked is still signed in and holds every post he began with.
    /// Answered from memory, so it is asked before each thing that is sent; from then on Sight is as things are now.
    /// </summary>
    public async ValueTask<bool> StillHolds(CancellationToken cancel)
    {
        var before = Posts;
        if (OfficerId is { } officer && SessionId is { } session && !await sessions.IsOpen(session, officer, cancel))
            return false;
        await Load(OfficerId, cancel, SessionId);
        return before.All(b => Posts.Any(p => p.Id == b.Id));
    }

    /// <summary>The name of another officer, for whoever serves in a unit above his or in the same; nobody else is told who he is.</summary>
    internal async ValueTask<string?> NameOf(Guid officer, CancellationToken cancel) =>
        (await postsOf.Of(officer, cancel))
            .FirstOrDefault(his => Posts.Any(mine => Tree.IsInside(his.UnitId, mine.UnitId)))
            ?.OfficerName;

    /// <summary>All that his posts let him do, somewhere.</summary>
    public IReadOnlyList<string> Rights =>
        [.. Posts.SelectMany(p => roles.RightsOf(p.Role)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>What each role lets one do.</summary>
    public Roles Roles => roles;

    public bool May(string right) => Posts.Any(p => roles.Gives(p.Role, right));

    public bool May(string right, Guid unit) => PostFor(right, unit) is not null;

    /// <summary>Whether lists over the right show what belongs to this unit; to who sees everything also what belongs to none that is left.</summary>
    public bool Sees(string right, Guid unit) => May(right, unit) || Over(right).Everywhere;

    /// <summary>Whether what is meant for this unit, with all below it, reaches one that the right is held over.</summary>
    public bool Touches(string right, Guid unit) =>
        Sees(right, unit) || Posts.Any(p => roles.Gives(p.Role, right) && Tree.IsInside(p.UnitId, unit));

    /// <summary>The post by which the right is used over this unit; <see cref="ForbiddenException"/> when there is none.</summary>
    public ActingOfficer Demand(string right, Guid unit)
    {
        var post = PostFor(right, unit) ?? throw new ForbiddenException(right);
        return new(post.Id, post.OfficerId, post.OfficerName, post.UnitId);
    }

    /// <summary>For lists: every unit over which the right is held.</summary>
    public Reach Over(string right)
    {
        Guid[] roots = [.. Posts.Where(p => roles.Gives(p.Role, right)).Select(p => p.UnitId).Distinct()];
        var everywhere = Tree.Roots.All(r => roots.Contains(r.Id)) && roots.Length > 0;
        return everywhere
            ? new(true, roots, [])
            : new(false, roots, [.. roots.SelectMany(r => Tree.SubtreeOf(r)).Select(u => u.Id).Distinct()]);
    }

    /// <summary>For lists of what may be meant for whole parts of the tree: those units, and all above them.</summary>
    public Reach Around(string right)
    {
        var over = Over(right);
        return over.Everywhere
            ? over
            : new(false, over.Roots, [.. over.Units, .. over.Roots.SelectMany(Tree.PathOf).Except(over.Units)]);
    }

    // The nearest post first, so that the act is signed by the most particular one.
    HeldPost? PostFor(string right, Guid unit) =>
        Posts
            .Where(p => roles.Gives(p.Role, right) && Tree.IsInside(unit, p.UnitId))
            .MaxBy(p => Tree.PathOf(p.UnitId).Count);
}
