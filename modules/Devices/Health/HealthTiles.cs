using System.Globalization;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Health;

/// <summary>How many speakers fare badly, on the home page of who may see them; what nobody suffers from is left out.</summary>
sealed class HealthTiles(DevicesDb db) : IHomeTiles
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

    public async ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel)
    {
        if (!sight.May(DevicesRights.SeeSpeakers))
            return [];
        var counted = await new SpeakerFilter(null, null)
            .Matching(db.Speakers.AsNoTracking(), sight.Over(DevicesRights.SeeSpeakers))
            .Where(s => s.State == SpeakerStates.Enrolled && s.Alarms != Alarms.None)
            .GroupBy(s => s.Alarms)
            .Select(some => new { some.Key, Count = some.Count() })
            .ToListAsync(cancel);
        return
        [
            .. tiles
                .Select(tile =>
                    (tile, Count: counted.Where(c => (c.Key & tile.Alarm) != Alarms.None).Sum(c => c.Count))
                )
                .Where(t => t.Count > 0 || t.tile.Alarm == Alarms.OnBattery)
                .Select(
                    (t, i) =>
                        new HomeTile(
                            Words.Get("tile." + t.tile.Show),
                            t.Count.ToString("N0", CultureInfo.CurrentCulture),
                            null,
                            "/speakers?show=" + t.tile.Show,
                            (t.tile.Alarm & Alarms.MustAct) != Alarms.None,
                            43 + i
                        )
                ),
        ];
    }
}
