using Loa.Contracts.Gateway;

namespace Loa.Devices.Reports;

/// <summary>What one capability reads for a batch of reports, and does once the batch is stored; made anew for each try.</summary>
interface IBatchPart
{
    /// <summary>Reads the rows that these reports are about, all together.</summary>
    Task Read(ReportBatch batch, IReadOnlyList<Report> reports, CancellationToken cancel);

    /// <summary>After the commit.</summary>
    void Follow(ReportBatch batch);
}
