using Loa.Contracts.Gateway;

namespace Loa.Contracts.Devices;

/// <summary>A report that is stored with others, in the order in which they came.</summary>
public abstract class BatchedReport(Guid speaker, DateTimeOffset at) : Report(speaker, at)
{
    /// <summary>Changes the rows. It may run again when two transactions clash.</summary>
    public abstract ValueTask Apply(IReportBatch batch, IReportingSpeaker of, CancellationToken cancel);
}
