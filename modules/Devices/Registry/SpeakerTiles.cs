using System.Globalization;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Registry;

/// <summary>How many speakers are there, gone, or refuse: on the home page of who may see them.</summary>
sealed class SpeakerTiles(SeenSpeakers seen) : IDeskPart
{
    public async ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        if (!desk.Sight.May(DevicesRights.SeeSpeakers))
            return;
        var groups = (await seen.InGroups(cancel)).Where(g => g.IsEnrolled).ToList();
        var (enrolled, online, offline, refusing) = (
            groups.Sum(g => g.Count),
            groups.Where(g => g.IsOnline).Sum(g => g.Count),
            groups.Where(g => g.Presence <= Presence.Offline).Sum(g => g.Count),
            groups.Where(g => g.RefusedReason is not null).Sum(g => g.Count)
        );
        // Red is for who can do something about it.
        var mayAct = desk.Sight.May(DevicesRights.CommandSpeakers);
        desk.Numbers.AddRange([
            new(
                Words.Get("tile.online"),
                Shown(online),
                Words.Get("tile.of", Shown(enrolled)),
                "/speakers?show=online",
                Order: 40
            ),
            new(Words.Get("tile.offline"), Shown(offline), null, "/speakers?show=offline", mayAct && offline > 0, 41),
            new(
                Words.Get("tile.refusing"),
                Shown(refusing),
                null,
                "/speakers?show=refusing",
                mayAct && refusing > 0,
                42
            ),
        ]);
    }

    static string Shown(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
