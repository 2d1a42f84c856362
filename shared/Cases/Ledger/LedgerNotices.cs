using Loa.Contracts.Notices;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Loa.Cases;

/// <summary>Auditors and administrators learn at once that a ledger does not hold.</summary>
public static class LedgerNotices
{
    public static readonly NoticeKind Broken = new(
        "ledger-broken",
        PeopleRights.SeeLedger,
        MustAct: true,
        "alert-triangle"
    );

    /// <summary>It waits until a look through the ledger finds that it holds.</summary>
    /// <param name="fault">What did not hold; null when all did.</param>
    internal static async Task Tell(
        CaseDb db,
        string module,
        string? fault,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        var province = (await db.GetService<IUnits>().Today(cancel)).Roots.FirstOrDefault();
        if (province is null)
            return;
        var kind = fault is null ? NoticeRaised.Settled : Broken.Name;
        db.Announce(
            new NoticeRaised(
                kind,
                NamedId.Of($"ledger {module}"),
                province.Id,
                "/ledger",
                Words.Get("security.part." + module),
                at
            )
            {
                Urgent = true,
            }
        );
        await db.SaveChangesAsync(cancel);
    }
}
