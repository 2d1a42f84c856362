using System.Globalization;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>How many speakers are there, gone, or refuse: on the home page of who may see them.</summary>
sealed class SpeakerTiles(DevicesDb db) : IHomeTiles
{
    public async ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel)
    {
        if (!sight.May(DevicesRights.SeeSpeakers))
            return [];
        var seen = new SpeakerFilter(null, null)
            .Matching(db.Speakers.AsNoTracking(), sight.Over(DevicesRights.SeeSpeakers))
            .Where(s => s.State == SpeakerStates.Enrolled);
        var counted = await seen.GroupBy(_ => 1)
            .Select(all => new
            {
                Enrolled = all.Count(),
                Online = all.Count(s => s.Presence == Presence.Online),
                Offline = all.Count(s => s.Presence <= Presence.Offline),
                Refusing = all.Count(s => s.RefusedReason != null),
            })
            .SingleOrDefaultAsync(cancel);
        var (enrolled, online, offline, refusing) = counted is null
            ? (0, 0, 0, 0)
            : (counted.Enrolled, counted.Online, counted.Offline, counted.Refusing);
        return
        [
            new(
                Words.Get("tile.online"),
                Shown(online),
                Words.Get("tile.of", Shown(enrolled)),
                "/speakers?show=online",
                Order: 40
            ),
            new(Words.Get("tile.offline"), Shown(offline), null, "/speakers?show=offline", offline > 0, 41),
            new(Words.Get("tile.refusing"), Shown(refusing), null, "/speakers?show=refusing", refusing > 0, 42),
        ];
    }

    static string Shown(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
