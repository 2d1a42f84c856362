using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Follow;

/// <summary>How many broadcasts were ordered today, on the home page.</summary>
sealed class BroadcastTiles(BroadcastingDb db, TimeProvider clock) : IHomeTiles
{
    public async ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel)
    {
        if (!sight.May(BroadcastingRights.SeeBroadcasts))
            return [];
        var reach = sight.Over(BroadcastingRights.SeeBroadcasts);
        var today = VietnamTime.StartOf(clock.Today());
        var rows = db
            .Cases.Where(c => c.Procedure == BroadcastProcedure.Definition.Name && c.OpenedAt >= today)
            .Within(db, reach);
        var count = await rows.CountAsync(cancel);
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
