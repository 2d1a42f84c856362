using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>
/// Many cases opened and moved in one go, for a first start or an import: the same checks and the same chain
/// as one by one, but one save. Nothing is stored before <see cref="Save"/>.
/// </summary>
public sealed class CaseBatch(CaseDb db)
{
    readonly Dictionary<Guid, Case> cases = [];
    readonly HashSet<Guid> stored = [];
    readonly List<Act> acts = [];

    public int Acts => acts.Count;

    public Case Open(Procedure procedure, Guid id, Guid unitId, string move, Deed deed, Actor actor, DateTimeOffset at)
    {
        var opened = Case.Unopened(procedure);
        cases.Add(id, opened);
        acts.Add(CaseMoves.Next(opened, id, unitId, move, deed, actor, at));
        return opened;
    }

    /// <summary>Reads cases that are stored already, so that they can be moved. To be called inside the transaction that saves.</summary>
    public async Task Take(Procedure procedure, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        foreach (var some in ids.Chunk(500))
        {
            var chains = await db
                .Acts.AsNoTracking()
                .Where(a => some.Contains(a.CaseId) && a.Procedure == procedure.Name)
                .OrderBy(a => a.CaseId)
                .ThenBy(a => a.Seq)
                .ToListAsync(cancel);
            foreach (var chain in chains.GroupBy(a => a.CaseId))
            {
                cases.Add(chain.Key, Case.Of(procedure, chain));
                stored.Add(chain.Key);
            }
        }
    }

    /// <summary>Moves a case that this batch opened or took.</summary>
    public Case Move(Guid id, string move, Deed deed, Actor actor, DateTimeOffset at, Guid? toUnit = null)
    {
        var now = cases[id];
        acts.Add(CaseMoves.Next(now, id, toUnit ?? now.UnitId, move, deed, actor, at));
        return now;
    }

    public Task Save(CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                db.AddRange(acts);
                db.AddRange(cases.Where(c => !stored.Contains(c.Key)).Select(c => CaseRow.Of(c.Value)));
                foreach (var some in stored.Chunk(500))
                foreach (var row in await db.Cases.Where(c => some.Contains(c.Id)).ToListAsync(cancel))
                    row.Take(cases[row.Id]);
                await db.SaveChangesAsync(cancel);
                db.ChangeTracker.Clear();
            },
            cancel
        );
}
