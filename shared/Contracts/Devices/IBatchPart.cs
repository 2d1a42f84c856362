using Loa.Contracts.Gateway;

namespace Loa.Contracts.Devices;

/// <summary>What one capability reads for a batch of reports, and does once the batch is stored; made anew for each try.</summary>
public interface IBatchPart
{
    /// <summary>Reads the rows that these reports are about, all together.</summary>
    Task Read(IReportBatch batch, IReadOnlyList<Report> reports, CancellationToken cancel);

    /// <summary>Stores what changed, in the transaction of the batch.</summary>
    Task Store(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>After the commit.</summary>
    void Follow(IReportBatch batch);
}
