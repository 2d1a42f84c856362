using System.Globalization;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Registry;

/// <summary>How many speakers are there, gone, or refuse: on the home page of who may see them.</summary>
sealed class SpeakerTiles(SeenSpeakers seen) : IHomeTiles
{
    public async ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel)
    {
        if (!sight.May(DevicesRights.SeeSpeakers))
            return [];
        var groups = (await seen.InGroups(cancel)).Where(g => g.IsEnrolled).ToList();
        var (enrolled, online, offline, refusing) = (
            groups.Sum(g => g.Count),
            groups.Where(g => g.IsOnline).Sum(g => g.Count),
            groups.Where(g => g.Presence <= Presence.Offline).Sum(g => g.Count),
            groups.Where(g => g.RefusedReason is not null).Sum(g => g.Count)
        );
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
