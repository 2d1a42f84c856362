using Loa.Contracts.Gateway;
using Loa.Devices.Registry;

namespace Loa.Devices.Reports;

/// <summary>A report that changes the rows of its speaker.</summary>
abstract class SpeakerReport(Guid speaker, DateTimeOffset at) : Report(speaker, at)
{
    /// <summary>Changes the rows. It may run again when two transactions clash.</summary>
    public abstract ValueTask Apply(ReportBatch batch, Speaker of, CancellationToken cancel);
}
