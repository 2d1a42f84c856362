using Loa.Kernel;

namespace Loa.Cases;

/// <summary>
/// Many new cases opened and moved in one go, for a first start or an import: the same checks and the same chain
/// as one by one, but one save. Nothing is stored before <see cref="Save"/>.
/// </summary>
public sealed class CaseBatch(CaseDb db)
{
    readonly Dictionary<Guid, Case> cases = [];
    readonly List<Act> acts = [];

    public int Acts => acts.Count;

    public Case Open(Procedure procedure, Guid id, Guid unitId, string move, Deed deed, Actor actor, DateTimeOffset at)
    {
        var opened = Case.Unopened(procedure);
        cases.Add(id, opened);
        acts.Add(CaseMoves.Next(opened, id, unitId, move, deed, actor, at));
        return opened;
    }

    /// <summary>Moves a case that this batch opened.</summary>
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
                db.AddRange(cases.Values.Select(CaseRow.Of));
                await db.SaveChangesAsync(cancel);
                db.ChangeTracker.Clear();
            },
            cancel
        );
}
