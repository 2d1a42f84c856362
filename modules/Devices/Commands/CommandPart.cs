using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Devices.Reports;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>A report about a command, whose row is then read.</summary>
interface IAboutCommand
{
    Guid Command { get; }
}

/// <summary>The commands that a batch of reports is about; those that wait for a speaker that arrived may go.</summary>
sealed class CommandPart(CommandRunner runner) : IBatchPart
{
    Dictionary<Guid, SentCommand> commands = [];

    public async Task Read(IReportBatch batch, IReadOnlyList<Report> reports, CancellationToken cancel)
    {
        Guid[] ids = [.. reports.OfType<IAboutCommand>().Select(r => r.Command).Distinct()];
        if (ids.Length > 0)
            commands = await ((ReportBatch)batch)
                .Db.Commands.Where(c => ids.Contains(c.Id))
                .ToDictionaryAsync(c => c.Id, cancel);
    }

    /// <summary>Null for one that was not given to this speaker.</summary>
    public SentCommand? Find(Guid speaker, Guid command) =>
        commands.TryGetValue(command, out var found) && found.SpeakerId == speaker ? found : null;

    public void Follow(IReportBatch batch) => runner.Arrived(((ReportBatch)batch).Arrived);
}
