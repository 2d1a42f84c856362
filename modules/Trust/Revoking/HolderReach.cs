using Loa.Air;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Trust.Delegations;

namespace Loa.Trust.Revoking;

/// <summary>Whether the posts that an officer holds today still reach what his key was granted for.</summary>
sealed class HolderReach(IPosts posts, IUnits units, Roles roles)
{
    public async Task<bool> HasEnded(
        Guid holder,
        IEnumerable<AirKind> kinds,
        IEnumerable<Guid> covered,
        CancellationToken cancel
    )
    {
        var tree = await units.Today(cancel);
        // Of units that were dissolved no post can be held; the others decide.
        Guid[] standing = [.. covered.Where(u => tree.Find(u) is not null)];
        return standing.Length > 0 && !roles.Covers(tree, await posts.Of(holder, cancel), kinds, standing);
    }
}
