using System.Globalization;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Bulletins;

/// <summary>On the home page: the bulletins that wait for whoever looks.</summary>
sealed class BulletinTiles(NewsroomDb db) : IHomeTiles
{
    public async ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel)
    {
        var tiles = new List<HomeTile>();
        if (sight.May(NewsroomRights.ApproveBulletins))
            tiles.Add(
                await Count(sight, NewsroomRights.ApproveBulletins, BulletinProcedure.Submitted, true, 10, cancel)
            );
        if (sight.May(NewsroomRights.WriteBulletins))
        {
            tiles.Add(await Count(sight, NewsroomRights.WriteBulletins, BulletinProcedure.Returned, true, 11, cancel));
            tiles.Add(await Count(sight, NewsroomRights.WriteBulletins, BulletinProcedure.Draft, false, 12, cancel));
        }
        return tiles;
    }

    async Task<HomeTile> Count(Sight sight, string right, string state, bool waits, int order, CancellationToken cancel)
    {
        var reach = sight.Over(right);
        var units = reach.Units;
        var count = await db.Cases.CountAsync(
            c =>
                c.Procedure == BulletinProcedure.Definition.Name
                && c.State == state
                && (reach.Everywhere || units.Contains(c.UnitId)),
            cancel
        );
        return new(
            Words.Get("bulletins.tile." + state),
            count.ToString("N0", CultureInfo.CurrentCulture),
            null,
            "/bulletins?state=" + state,
            waits && count > 0,
            order
        );
    }
}
