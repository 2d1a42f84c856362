using Loa.Air;
using Loa.Speaker.Controls;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

namespace Loa.Speaker.Link;

/// <summary>What this speaker holds and does at this moment, so that the server sees what it lacks.</summary>
sealed class StateSnapshot(
    Guard guard,
    TakeTimetable timetable,
    PlayQueue queue,
    RecordStore records,
    Volume volume,
    Packages packages,
    ConnectionNonce nonce
)
{
    static readonly Dictionary<Stage, ItemProgress> stages = new()
    {
        [Stage.Waiting] = ItemProgress.Delivered,
        [Stage.Spoilt] = ItemProgress.Refused,
        [Stage.Ready] = ItemProgress.Verified,
        [Stage.Playing] = ItemProgress.Playing,
    };

    /// <summary>Without the hour and the room on the disk: what passes by itself is no change.</summary>
    public StateMessage State() =>
        new(
            Online: true,
            At: null,
            timetable.Version,
            guard.PlacementVersion,
            guard.RevocationsVersion,
            Settings.Firmware,
            volume.Level,
            queue.Playing?.Item.Id,
            records.Last,
            StorageFree: null,
            packages.Version(PackageKind.Software),
            packages.Version(PackageKind.Configuration),
            nonce.Value,
            Root: guard.Root.KeyId
        );

    /// <summary>How far each open item has come, for a server that may have missed it.</summary>
    public void Repeat(ReportQueue reports)
    {
        foreach (var entry in queue.Open)
            reports.Progress(entry.Item, stages[entry.Stage]);
    }
}
