using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.AsRun;

/// <summary>A report about items of a timetable, whose plays are then read.</summary>
interface IAboutItems
{
    IReadOnlyCollection<Guid> Items { get; }
}

/// <summary>The plays that a batch of reports is about, and those that they change; stored with the batch.</summary>
sealed class PlayPart(Lodgings lodgings, RecordRation ration, Promises promises, LiveBells bells)
    : IOpenRefusals,
        IAsyncDisposable
{
    PlayoutDb? db;
    Dictionary<(Guid, Guid), Play> plays = [];
    Dictionary<(Guid, Guid), Play> promised = [];
    readonly HashSet<Guid> changed = [];

    /// <summary>In the transaction of the batch.</summary>
    public PlayoutDb Db => db ?? throw new InvalidOperationException("No batch was read.");

    public async Task Read(IReportBatch batch, IReadOnlyList<Report> reports, CancellationToken cancel)
    {
        db = lodgings.In<PlayoutDb>(batch.Transaction);
        (Guid, Guid)[] items =
        [
            .. reports
                .OfType<IAboutItems>()
                .SelectMany(r => r.Items.Select(item => (((Report)r).Speaker, item)))
                .Distinct(),
        ];
        if (items.Length > 0)
            plays = await Db.PlaysOf(items).ToDictionaryAsync(p => (p.SpeakerId, p.ItemId), cancel);
        promised = await promises.Of([.. Unknown(batch, reports)], cancel);
    }

    IEnumerable<(AirRecord, INamedSpeaker, DateTimeOffset)> Unknown(
        IReportBatch batch,
        IReadOnlyList<Report> reports
    ) =>
        from report in reports.OfType<RecordReport>()
        where report.Play is { } play && !plays.ContainsKey((report.Speaker, play.Item!.Value))
        let speaker = batch.Find(report.Speaker)
        where speaker is not null
        select (report.Play, (INamedSpeaker)speaker, report.At);

    /// <summary>What the speaker was told to play; null for what it never was.</summary>
    public Play? PlayOf(Guid speaker, Guid item)
    {
        if (plays.TryGetValue((speaker, item), out var known))
            return known;
        if (!promised.TryGetValue((speaker, item), out var found))
            return null;
        Db.Add(found);
        return plays[(speaker, item)] = found;
    }

    /// <summary>Whether one more new record of this speaker is stored now; of one that sends too many somebody hears.</summary>
    public bool MayStore(IReportBatch batch, IReportingSpeaker of, DateTimeOffset at)
    {
        var may = ration.Take(of.Id);
        batch.Flood(of.Id, !may || (of.Floods && !ration.IsCalm(of.Id)), at);
        return may;
    }

    public async ValueTask<bool> Any(Guid speaker, DateTimeOffset after, CancellationToken cancel) =>
        await Db.Plays.AnyAsync(
            p => p.SpeakerId == speaker && p.Stage == PlayStage.Refused && p.OverAt > after,
            cancel
        );

    public void Changed(Play play) => changed.Add(play.BroadcastId);

    public Task Store(CancellationToken cancel) => Db.SaveChangesAsync(cancel);

    public void Follow(IReportBatch batch)
    {
        foreach (var broadcast in changed)
            bells.Ring(BroadcastNames.Procedure, broadcast);
    }

    public ValueTask DisposeAsync() => db?.DisposeAsync() ?? ValueTask.CompletedTask;
}
