using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>
/// Many cases opened and moved in one go, for a first start or an import: the same checks, the same chain and the same effects
/// as one by one, but one save. Nothing is stored before <see cref="Save"/>.
/// </summary>
public sealed class CaseBatch(CaseDb db)
{
    readonly Dictionary<Guid, Case> cases = [];
    readonly Dictionary<Guid, CaseRow> stored = [];
    readonly List<(Act Act, Case After)> done = [];

    public int Acts => done.Count;

    public Case Open(Procedure procedure, Guid id, Guid unitId, string move, Deed deed, Actor actor, DateTimeOffset at)
    {
        cases.Add(id, Case.Unopened(procedure));
        return Do(id, unitId, move, deed, actor, at);
    }

    /// <summary>Reads cases that are stored already, so that they can be moved. To be called inside the transaction that saves.</summary>
    public async Task Take(Procedure procedure, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        foreach (var some in ids.Chunk(500))
        foreach (
            var row in await db
                .Cases.Where(c => some.Contains(c.Id) && c.Procedure == procedure.Name)
                .ToListAsync(cancel)
        )
        {
            cases.Add(row.Id, Case.Of(procedure, row));
            stored.Add(row.Id, row);
        }
    }

    /// <summary>Moves a case that this batch opened or took.</summary>
    public Case Move(Guid id, string move, Deed deed, Actor actor, DateTimeOffset at, Guid? toUnit = null) =>
        Do(id, toUnit ?? cases[id].UnitId, move, deed, actor, at);

    public Task Save(CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                db.AddRange(done.Select(d => d.Act));
                db.AddRange(cases.Where(c => !stored.ContainsKey(c.Key)).Select(c => CaseRow.Of(c.Value)));
                foreach (var (id, row) in stored)
                    row.Take(cases[id]);
                await db.SaveChangesAsync(cancel);
                foreach (var (id, moved) in cases)
                    db.Shows(moved.Procedure.Name, id);
                foreach (var (act, after) in done)
                    if (after.Procedure.MoveOf(act.Move)!.Effect is { } effect)
                        await effect(db, after, act, cancel);
                await db.SaveChangesAsync(cancel);
                db.ChangeTracker.Clear();
            },
            cancel
        );

    Case Do(Guid id, Guid unitId, string move, Deed deed, Actor actor, DateTimeOffset at)
    {
        var now = cases[id];
        if (stored.ContainsKey(id) && now.Procedure.MoveOf(move)?.NotByMakersOf.Count > 0)
            throw new NotSupportedException($"Who moved {id} before is not read by a batch: “{move}” goes one by one.");
        var made = done.Where(d => d.Act.CaseId == id && d.Act.IsBy(actor)).Select(d => d.Act.Move);
        var act = CaseMoves.Next(now, id, unitId, move, deed, actor, at, made);
        done.Add((act, cases[id] = now.After(act)));
        return cases[id];
    }
}
