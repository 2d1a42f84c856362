using System.Globalization;
using Loa.Cases;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Bulletins;

/// <summary>On the home page: the bulletins that wait for whoever looks.</summary>
sealed class BulletinTiles(Cases<Bulletin> cases) : IHomeTiles
{
    // State → whether it presses, and where its tile stands.
    static readonly (string State, bool Presses, int Order)[] states =
    [
        (BulletinProcedure.Submitted, true, 10),
        (BulletinProcedure.Returned, true, 11),
        (BulletinProcedure.Draft, false, 12),
    ];

    public async ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel)
    {
        var tiles = new List<HomeTile>();
        foreach (var (state, presses, order) in states)
            if (BulletinProcedure.Definition.HolderOf(state) is { } holder && sight.May(holder))
                tiles.Add(
                    Tile(state, await cases.Over(holder).CountAsync(c => c.State == state, cancel), presses, order)
                );
        return tiles;
    }

    static HomeTile Tile(string state, int count, bool presses, int order) =>
        new(
            Words.Get("bulletins.tile." + state),
            count.ToString("N0", CultureInfo.CurrentCulture),
            null,
            "/bulletins?state=" + state,
            presses && count > 0,
            order
        );
}
