using System.Threading.Channels;
using Loa.Air;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Plays;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loa.Devices.Gateway;

/// <summary>
/// Stores what all speakers report, as many reports as wait in one transaction, and answers them only after the commit.
/// </summary>
sealed partial class Intake(
    IServiceScopeFactory scopes,
    Lines lines,
    IDirectory directory,
    WriteLane lane,
    SayAcks acks,
    Sync sync,
    BringAgain again,
    CommandRunner commands,
    PlayWatch watch,
    BackgroundWork<Intake> work
) : BackgroundService
{
    // When many wait, what one speaker reports twice is written once.
    const int Batch = 2_000;
    const int MostItems = 10_000;
    const int ComplaintsAtOnce = 5;

    // When the database is slower than the speakers, they wait: nothing they were told is kept is only in memory.
    readonly Channel<Report> waiting = Channel.CreateBounded<Report>(
        new BoundedChannelOptions(20_000) { SingleReader = true }
    );

    readonly Allowance<Guid> complaints = new(ComplaintsAtOnce, 1 / 60.0, TimeProvider.System);

    /// <summary>Called by each line for itself: what is dear is done here, on all cores, and the one writer only applies.</summary>
    public ValueTask Take(Report report, CancellationToken cancel)
    {
        report.Prove(lines.KeyOf(report.Speaker), lines.IsOld(report.Speaker));
        return waiting.Writer.WriteAsync(report, cancel);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        // What has come in is stored first; the host's patience is the limit.
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reports = new List<Report>(Batch);
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            reports.Clear();
            var items = 0;
            while (reports.Count < Batch && items < MostItems && waiting.Reader.TryRead(out var report))
            {
                reports.Add(report);
                items += report.Items.Count;
            }
            await Store(reports, stoppingToken);
        }
    }

    async Task Store(List<Report> reports, CancellationToken cancel)
    {
        try
        {
            await StoreTogether(reports, cancel);
            work.Went();
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (Outage.Of(e) is not null && await StoreAgain(reports, cancel))
                return;
            // One bad report must not take the others with it.
            if (reports.Count > 1)
                foreach (var report in reports)
                    await Store([report], cancel);
            else
                IsLost(reports[0], e);
        }
    }

    // Lines that broke with a restart of the database are new ones by now; if it is away, one by one would fare no better.
    async Task<bool> StoreAgain(List<Report> reports, CancellationToken cancel)
    {
        try
        {
            await StoreTogether(reports, cancel);
            work.Went();
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (Outage.Of(e) is null)
                return false;
            work.Failed(e);
            foreach (var report in reports)
                report.IsLost(e);
            GatewayMeters.Lost.Add(reports.Count);
            return true;
        }
    }

    void IsLost(Report report, Exception why)
    {
        // What one speaker sends fifty times a second must not fill the server's log.
        if (complaints.Take(report.Speaker))
            Log.Lost(work.Log, why, report.GetType().Name, report.Speaker);
        report.IsLost(why);
        GatewayMeters.Lost.Add(1);
    }

    async Task StoreTogether(List<Report> reports, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var promises = scope.ServiceProvider.GetRequiredService<Promises>();
        var ration = scope.ServiceProvider.GetRequiredService<RecordRation>();
        var batch = await lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var batch = await IntakeBatch.Read(db, lines, ration, promises, reports, cancel);
                        foreach (var report in reports)
                            if (batch.SpeakerOf(report) is { } speaker)
                                await report.Apply(batch, speaker, cancel);
                        await db.Insert(batch.Signals, cancel);
                        return batch;
                    },
                    cancel
                ),
            cancel
        );
        foreach (var report in reports)
            report.IsStored();
        GatewayMeters.Stored.Add(reports.Count);
        await Follow(batch, cancel);
    }

    async Task Follow(IntakeBatch batch, CancellationToken cancel)
    {
        if (batch.Cut.Count > 0)
            await directory.Cut(batch.Cut, cancel);
        await acks.Say(batch, cancel);
        commands.Arrived(batch.Arrived);
        foreach (var changed in batch.ChangedPlays)
            watch.Tell(changed.Play.BroadcastId, changed.Seen);
        if (!await work.Try(c => sync.Bring([.. batch.Compare.Select(batch.Of)], c), cancel, "bring what is new"))
            again.Soon();
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A {Report} of speaker {Speaker} could not be stored")]
        public static partial void Lost(ILogger log, Exception exception, string report, Guid speaker);
    }
}
