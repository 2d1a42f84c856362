using Loa.Contracts.Devices;
using Loa.Devices.Registry;

namespace Loa.Devices.Reports;

/// <summary>A report that changes the registry's rows of its speaker.</summary>
abstract class SpeakerReport(Guid speaker, DateTimeOffset at) : BatchedReport(speaker, at)
{
    public sealed override ValueTask Apply(IReportBatch batch, IReportingSpeaker of, CancellationToken cancel) =>
        Apply((ReportBatch)batch, (Speaker)of, cancel);

    protected abstract ValueTask Apply(ReportBatch batch, Speaker of, CancellationToken cancel);
}
