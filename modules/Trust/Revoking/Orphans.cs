using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Trust.Data;
using Loa.Trust.Delegations;
using Loa.Trust.Roots;
using Microsoft.EntityFrameworkCore;

namespace Loa.Trust.Revoking;

/// <summary>
/// Delegations that the root granted and that must go: their holder was dismissed or locked, or lost the key. A demo root takes them back
/// at once; of a real root the list is drawn up here and waits for its keeper.
/// </summary>
sealed class Orphans(
    TrustDb db,
    DelegationCases delegations,
    RevocationList list,
    ProvinceRoots roots,
    HolderReach reach,
    TimeProvider clock
)
{
    /// <summary>Those that still count, of one officer or of all.</summary>
    public async Task<IReadOnlyList<DelegationCase>> Find(Guid? officer, CancellationToken cancel)
    {
        var rows = delegations.Rows.Where(c => c.State == DelegationProcedure.Granted);
        if (officer is { } one)
            rows = rows.Where(c => c.OpenedBy == one);
        var now = clock.Moment();
        var found = new List<DelegationCase>();
        foreach (var granted in await delegations.Load(rows, cancel))
            if (granted.Document.Expires > now && (granted.IsGivenUp || await IsOrphan(granted, cancel)))
                found.Add(granted);
        return found;
    }

    /// <summary>Takes them back where the root is at hand; elsewhere they wait, and the home page says so.</summary>
    public async Task Revoke(Guid? officer, string reason, CancellationToken cancel)
    {
        if (roots.DemoRoot is not { } root)
            return;
        await db.Atomically(
            async () =>
            {
                if (await Next(officer, cancel) is { } next)
                    await list.Publish(next.Sign(root), reason, _ => Actor.Server, cancel);
            },
            cancel
        );
    }

    /// <summary>The next list of revocations with all of them in it; null when there is none.</summary>
    public async Task<Air.Revocations?> Next(Guid? officer, CancellationToken cancel) =>
        await Find(officer, cancel) is { Count: > 0 } found ? await list.Next(found, wholeKeys: false, cancel) : null;

    async Task<bool> IsOrphan(DelegationCase granted, CancellationToken cancel) =>
        granted.OfficerId is { } holder
        && await reach.HasEnded(holder, granted.Document.Kinds, granted.Document.Units, cancel);
}
