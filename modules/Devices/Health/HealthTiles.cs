using System.Globalization;
using Loa.Contracts.Devices;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Health;

/// <summary>How many speakers fare badly, on the home page of who may see them; what nobody suffers from is left out.</summary>
sealed class HealthTiles(SeenSpeakers seen) : IDeskPart
{
    static readonly (Alarms Alarm, string Show)[] tiles =
    [
        (Alarms.OnBattery, "on-battery"),
        (Alarms.Silent, "silent"),
        (Alarms.Soft, "soft"),
        (Alarms.Flood, "flood"),
        (Alarms.ClockWrong, "clock-wrong"),
        (Alarms.StorageLow, "storage-low"),
    ];

    public async ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        if (!desk.Sight.May(DevicesRights.SeeSpeakers))
            return;
        var enrolled = (await seen.InGroups(cancel)).Where(g => g.IsEnrolled).ToList();
        var mayAct = desk.Sight.May(DevicesRights.CommandSpeakers);
        desk.Numbers.AddRange([
            .. tiles
                .Select(tile =>
                    (tile, Count: enrolled.Where(g => (g.Alarms & tile.Alarm) != Alarms.None).Sum(g => g.Count))
                )
                .Where(t => t.Count > 0 || t.tile.Alarm == Alarms.OnBattery)
                .Select(
                    (t, i) =>
                        new HomeTile(
                            Words.Get("tile." + t.tile.Show),
                            t.Count.ToString("N0", CultureInfo.CurrentCulture),
                            null,
                            "/speakers?show=" + t.tile.Show,
                            mayAct && t.Count > 0 && (t.tile.Alarm & Alarms.MustAct) != Alarms.None,
                            43 + i
                        )
                ),
        ]);
    }
}
