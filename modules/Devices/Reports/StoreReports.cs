using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Reports;

/// <summary>Stores what speakers report, all of a batch in one transaction; whose place is gone is not listened to.</summary>
sealed class StoreReports(IServiceScopeFactory scopes, BulkWriteLock lane) : IReportStore
{
    public Report Connected(Guid speaker, DateTimeOffset at, ConnectionRef connection) =>
        new ConnectedReport(speaker, at, connection);

    public Report Gone(Guid speaker, DateTimeOffset at, ConnectionRef connection) =>
        new GoneReport(speaker, at, connection);

    public async Task<StoredBatch> Store(IGatewayNode node, IReadOnlyList<Report> reports, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var batch = await lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var parts = scope.ServiceProvider.GetServices<IBatchPart>();
                        var batch = await ReportBatch.Read(db, node, parts, reports, cancel);
                        foreach (var report in reports)
                            if (batch.Find(report.Speaker) is { } speaker)
                            {
                                await ((BatchedReport)report).Apply(batch, speaker, cancel);
                                db.Shows(SpeakerProcedure.Definition.Name, speaker.Id);
                            }
                        await batch.Store(cancel);
                        return batch;
                    },
                    cancel
                ),
            cancel
        );
        return batch.Follow();
    }
}
