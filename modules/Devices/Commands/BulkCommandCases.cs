using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>The one way to the orders to many: an officer sees his own, and of the others those that reach a speaker he commands.</summary>
sealed class BulkCommandCases(DevicesDb db, Sight sight)
{
    public Reach Reach => sight.Over(DevicesRights.CommandSpeakers);

    /// <summary>Missing as well when the asker may not know of it.</summary>
    public async Task<Case> See(Guid id, CancellationToken cancel) =>
        await db.Find(BulkCommandProcedure.Definition, id, cancel) is { } job
        && (sight.May(DevicesRights.CommandSpeakers, job.UnitId) || await PartOf(id).AnyAsync(cancel))
            ? job
            : throw new MissingException("job");

    /// <summary>The commands of an order that lie within reach.</summary>
    public IQueryable<SentCommand> PartOf(Guid id) => db.Commands.Where(c => c.JobId == id).Within(db, Reach);

    public Task<string> OrderedBy(Guid id, CancellationToken cancel) =>
        db.Acts.Where(a => a.CaseId == id && a.Seq == 1).Select(a => a.By).FirstAsync(cancel);
}
