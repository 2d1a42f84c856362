using System.Threading.Channels;
using Loa.Contracts.Gateway;
using Loa.Kernel;
using Microsoft.Extensions.Logging;

namespace Loa.Gateway;

/// <summary>
/// Has stored what all speakers report, as many reports as wait in one transaction, and answers them only after the commit.
/// </summary>
sealed partial class ReportIngest(
    NodeConnections node,
    IConnectionRegistry connections,
    IReportStore store,
    Acknowledge acknowledge,
    DesiredStateSync sync,
    TimeProvider clock,
    BackgroundWork<ReportIngest> work
) : NodeLoop<ReportIngest>(work)
{
    // When many wait, what one speaker reports twice is written once.
    const int Batch = 2_000;
    const int MostWeight = 10_000;
    const int ComplaintsAtOnce = 5;

    // When the database is slower than the speakers, they wait: nothing they were told is kept is only in memory.
    readonly Channel<Report> waiting = Channel.CreateBounded<Report>(
        new BoundedChannelOptions(20_000) { SingleReader = true }
    );

    readonly RateLimit<Guid> complaints = new(ComplaintsAtOnce, 1 / 60.0, TimeProvider.System);

    /// <summary>Called by each connection for itself: what is dear is done here, on all cores, and the one writer only applies.</summary>
    public ValueTask Take(Report report, CancellationToken cancel)
    {
        report.Prove(node.KeyOf(report.Speaker), node.IsOld(report.Speaker));
        return waiting.Writer.WriteAsync(report, cancel);
    }

    public ValueTask Connected(Guid speaker, ConnectionRef connection, CancellationToken cancel) =>
        Take(store.Connected(speaker, clock.Moment(), connection), cancel);

    public ValueTask Gone(Guid speaker, ConnectionRef connection, CancellationToken cancel) =>
        Take(store.Gone(speaker, clock.Moment(), connection), cancel);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        // What has come in is stored first; the host's patience is the limit.
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task Loop(CancellationToken stop)
    {
        var reports = new List<Report>(Batch);
        while (await waiting.Reader.WaitToReadAsync(stop))
        {
            reports.Clear();
            var weight = 0;
            while (reports.Count < Batch && weight < MostWeight && waiting.Reader.TryRead(out var report))
            {
                reports.Add(report);
                weight += report.Weight;
            }
            await Store(reports, stop);
        }
    }

    async Task Store(List<Report> reports, CancellationToken cancel)
    {
        try
        {
            await StoreTogether(reports, cancel);
            Work.Went();
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
            Work.Went();
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (Outage.Of(e) is null)
                return false;
            Work.Failed(e);
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
            Log.Lost(Work.Log, why, report.GetType().Name, report.Speaker);
        report.IsLost(why);
        GatewayMeters.Lost.Add(1);
    }

    async Task StoreTogether(List<Report> reports, CancellationToken cancel)
    {
        var stored = await store.Store(node, reports, cancel);
        foreach (var report in reports)
            report.IsStored();
        GatewayMeters.Stored.Add(reports.Count);
        await Follow(stored, cancel);
    }

    async Task Follow(StoredBatch stored, CancellationToken cancel)
    {
        if (stored.Disconnect.Count > 0)
            await connections.Disconnect(stored.Disconnect, cancel);
        await acknowledge.Send(node, stored.Acknowledge, cancel);
        await sync.BringOrRetry(stored.Held, cancel);
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A {Report} of speaker {Speaker} could not be stored")]
        public static partial void Lost(ILogger log, Exception exception, string report, Guid speaker);
    }
}
