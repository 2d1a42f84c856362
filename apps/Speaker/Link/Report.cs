using Loa.Air;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

namespace Loa.Speaker.Link;

/// <summary>What this speaker holds and does at this moment, so that the server sees what it lacks.</summary>
sealed class Report(
    Guard guard,
    TakeTimetable timetable,
    Programme programme,
    RecordBook records,
    Volume volume,
    Packages packages,
    ConnectionNonce nonce,
    IDisk disk,
    TimeProvider clock
)
{
    public StateMessage State() =>
        new(
            Online: true,
            clock.GetUtcNow(),
            timetable.Version,
            guard.PlacementVersion,
            guard.RevocationsVersion,
            Settings.Firmware,
            volume.Level,
            programme.Playing?.Item.Id,
            records.Last,
            disk.Free,
            packages.Version(PackageKind.Software),
            packages.Version(PackageKind.Configuration),
            nonce.Value
        );

    /// <summary>How far each open item has come, for a server that may have missed it.</summary>
    public void Repeat(Outbox outbox)
    {
        foreach (var entry in programme.Open)
            outbox.Progress(entry.Item, stages[entry.Stage]);
    }

    static readonly Dictionary<Stage, ItemProgress> stages = new()
    {
        [Stage.Waiting] = ItemProgress.Delivered,
        [Stage.Spoilt] = ItemProgress.Refused,
        [Stage.Ready] = ItemProgress.Verified,
        [Stage.Playing] = ItemProgress.Playing,
    };
}
