using Loa.Broadcasting.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Airings;

/// <summary>The orders that may still be heard; how many were ever given does not matter.</summary>
static class InForce
{
    public static async Task<Airing[]> OrdersSince(
        this BroadcastingDb db,
        DateTimeOffset from,
        CancellationToken cancel
    )
    {
        var oldest = from - PlayNow.PlayNow.LongestValidity;
        var rows = await db
            .Cases.AsNoTracking()
            .Where(c =>
                c.Procedure == BroadcastProcedure.Definition.Name
                && c.State == BroadcastProcedure.Ordered
                && c.MovedAt >= oldest
            )
            .ToListAsync(cancel);
        return [.. rows.Select(Airing.From).Where(a => a.OverAt > from)];
    }
}
