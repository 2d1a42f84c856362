using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Devices.Reports;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.AsRun;

/// <summary>A report about items of a timetable, whose plays are then read.</summary>
interface IAboutItems
{
    IReadOnlyCollection<Guid> Items { get; }
}

/// <summary>The plays that a batch of reports is about, and those that they change.</summary>
sealed class PlayPart(RecordRation ration, Promises promises, PlayFeed feed) : IBatchPart
{
    Dictionary<(Guid, Guid), Play> plays = [];
    Dictionary<(Guid, Guid), Play> promised = [];
    readonly Dictionary<(Guid, Guid), SpeakerPlayed> changed = [];

    public async Task Read(ReportBatch batch, IReadOnlyList<Report> reports, CancellationToken cancel)
    {
        (Guid, Guid)[] items =
        [
            .. reports
                .OfType<IAboutItems>()
                .SelectMany(r => r.Items.Select(item => (((Report)r).Speaker, item)))
                .Distinct(),
        ];
        if (items.Length > 0)
            plays = await batch.Db.PlaysOf(items).ToDictionaryAsync(p => (p.SpeakerId, p.ItemId), cancel);
        promised = await promises.Of([.. Unknown(batch, reports)], cancel);
    }

    IEnumerable<(AirRecord, Speaker, DateTimeOffset)> Unknown(ReportBatch batch, IReadOnlyList<Report> reports) =>
        from report in reports.OfType<RecordReport>()
        where report.Play is { } play && !plays.ContainsKey((report.Speaker, play.Item!.Value))
        let speaker = batch.Find(report.Speaker)
        where speaker is not null
        select (report.Play, speaker, report.At);

    /// <summary>What the speaker was told to play; null for what it never was.</summary>
    public Play? PlayOf(ReportBatch batch, Guid speaker, Guid item)
    {
        if (plays.TryGetValue((speaker, item), out var known))
            return known;
        if (!promised.TryGetValue((speaker, item), out var found))
            return null;
        batch.Db.Add(found);
        return plays[(speaker, item)] = found;
    }

    /// <summary>Whether one more new record of this speaker is stored now; of one that sends too many somebody hears.</summary>
    public bool MayStore(ReportBatch batch, Speaker of, DateTimeOffset at)
    {
        var may = ration.Take(of.Id);
        var floods = !may || (of.Alarms.HasFlag(Alarms.Flood) && !ration.IsCalm(of.Id));
        if (floods != of.Alarms.HasFlag(Alarms.Flood))
            batch.Signals.Add(FloodSignal.Of(of.Id, floods, at));
        of.Alarms = floods ? of.Alarms | Alarms.Flood : of.Alarms & ~Alarms.Flood;
        return may;
    }

    public void Changed(Play play, Speaker of) => changed[(play.SpeakerId, play.ItemId)] = new(play, of);

    public void Follow(ReportBatch batch)
    {
        foreach (var play in changed.Values)
            feed.Tell(play.Play.BroadcastId, play.Seen);
    }
}
