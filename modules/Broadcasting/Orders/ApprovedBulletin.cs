using Loa.Contracts.Newsroom;
using Loa.Kernel;

namespace Loa.Broadcasting.Orders;

/// <summary>The bulletin that an order is about.</summary>
static class ApprovedBulletin
{
    /// <summary>What may be ordered at this moment; whoever chooses, is asked and orders is refused alike.</summary>
    public static async Task<ReleasedBulletin> Approved(
        this IReleases releases,
        Guid id,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var bulletin = await releases.Find(id, cancel);
        Refuse.If(bulletin is null, "broadcast.not-approved");
        Refuse.If(bulletin.ValidTo <= now, "broadcast.release-expired");
        return bulletin;
    }
}
