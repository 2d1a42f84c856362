using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Follow;

/// <summary>How many broadcasts were put on the air today in one's units, on the home page.</summary>
sealed class BroadcastTiles(BroadcastingDb db, TimeProvider clock) : IHomeTiles
{
    public async ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel)
    {
        if (!sight.May(BroadcastingRights.SeeBroadcasts))
            return [];
        var today = VietnamTime.StartOf(clock.Today());
        var count = await db.Known(sight.Around(BroadcastingRights.SeeBroadcasts))
            .CountAsync(b => b.At >= today, cancel);
        return
        [
            new(
                Words.Get("broadcasts.today"),
                count.ToString("N0", System.Globalization.CultureInfo.CurrentCulture),
                null,
                "/broadcasts",
                Order: 20
            ),
        ];
    }
}
