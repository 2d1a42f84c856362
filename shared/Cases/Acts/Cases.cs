using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>What a move left behind, for programs: who moves on sends <paramref name="Acts"/> back as "seen".</summary>
public sealed record CaseMoved(Guid Id, string State, int Acts)
{
    public static CaseMoved Of(Case standing) => new(standing.Id, standing.State!, standing.Seq);
}

/// <summary>
/// The one way to a module's cases: only those in sight, and moved only by who holds the move's right over a unit of theirs.
/// What the asker may not know of is missing.
/// </summary>
public sealed class Cases<T>(CaseDb db, Sight sight, TimeProvider clock)
    where T : ICase<T>
{
    static string SeenBy =>
        T.Procedure.SeenBy ?? throw new InvalidOperationException($"Nobody may see a {T.Procedure.Name}.");

    /// <param name="orElse">Whether he may see it for another reason than its units.</param>
    public async Task<T> See(
        Guid id,
        CancellationToken cancel,
        Func<T, CancellationToken, ValueTask<bool>>? orElse = null
    ) =>
        await db.Find(T.Procedure, id, cancel) is { } found
        && T.Of(found) is var seen
        && (IsSeen(seen) || (orElse is not null && await orElse(seen, cancel)))
            ? seen
            : throw new MissingException(T.Procedure.Name);

    /// <summary>The cases in sight, for lists and counts.</summary>
    public IQueryable<CaseRow> InSight() => Over(SeenBy);

    /// <summary>The cases over whose units the right is held.</summary>
    public IQueryable<CaseRow> Over(string right)
    {
        var (name, reach) = (T.Procedure.Name, sight.Over(right));
        var rows = db.Cases.AsNoTracking().Where(c => c.Procedure == name).InSight(reach);
        if (T.Procedure.OwnIn.Count == 0)
            return rows;
        var (own, units, me) = (T.Procedure.OwnIn, reach.Roots, sight.OfficerId);
        return rows.Where(c => !own.Contains(c.State) || c.OpenedBy == me || units.Contains(c.UnitId));
    }

    /// <summary>Those in sight that are found by words.</summary>
    public CaseSearch Search(string text, CaseFilter? filter = null)
    {
        var reach = sight.Over(SeenBy);
        return new(db, T.Procedure, text, reach, reach.Roots, filter);
    }

    /// <summary>
    /// The officer as he may make this move; refused when it is not possible from here, or not by him. Asked before work that
    /// would be for nothing.
    /// </summary>
    /// <param name="acts">The number of acts he had seen, if he says so.</param>
    public async Task<ActingOfficer> Demand(string move, T seen, int? acts, CancellationToken cancel)
    {
        var actor = Officer(RightOf(move), seen);
        await db.CheckSeen(seen.Case, acts, cancel);
        seen.Case.CheckMove(move).CheckMaker(await db.MadeBy(actor, seen.Case, move, cancel));
        return actor;
    }

    public bool May(string right, T seen) => seen.Units.Any(unit => sight.May(right, unit));

    public async Task<T> Move(Guid id, string move, Deed deed, CancellationToken cancel)
    {
        var seen = await See(id, cancel);
        return await Move(seen, move, deed, Officer(RightOf(move), seen), cancel);
    }

    /// <summary>Moves a case from where it was seen, by whom <see cref="Demand"/> let through.</summary>
    public async Task<T> Move(T seen, string move, Deed deed, ActingOfficer actor, CancellationToken cancel) =>
        T.Of(await db.Move(seen.Case, move, deed, actor, clock.Moment(), cancel));

    /// <summary>The moves that whoever asks may make now.</summary>
    public async Task<IReadOnlyList<string>> MovesOf(T seen, CancellationToken cancel)
    {
        var moves = new List<string>();
        foreach (var move in T.Procedure.MovesFrom(seen.Case.State).Where(m => m.Right is not null))
            if (
                move.Needs.Except(move.Sets).All(seen.Case.Fields.ContainsKey)
                && May(move.Right!, seen)
                && move.MayBeMadeAfter(await db.MadeBy(Officer(move.Right!, seen), seen.Case, move.Name, cancel))
            )
                moves.Add(move.Name);
        return moves;
    }

    /// <summary>What was done to it, the last first.</summary>
    public Task<LatestActs> History(T seen, CancellationToken cancel, int count = LatestActs.Shown) =>
        db.LatestActs(seen.Case, cancel, count);

    /// <summary>The last act by such a move, and the case as it stood then; null when nobody made it.</summary>
    public async Task<(ActDone Act, T Then)?> Last(T seen, string move, CancellationToken cancel)
    {
        var whole = (await db.FindWithActs(T.Procedure, seen.Case.Id, cancel))!;
        return whole.LastOf(move) is { } last
            ? (ActDone.Of(last), T.Of(Case.Of(T.Procedure, whole.Acts.TakeWhile(a => a.Seq <= last.Seq))))
            : null;
    }

    /// <summary>Whether whoever asks may still see it.</summary>
    public bool IsSeen(T found) =>
        (found.Units.Any(unit => sight.Sees(SeenBy, unit)) && !IsOthers(found))
        || found.Concerned.Any(unit => sight.Touches(SeenBy, unit));

    // As Over asks it of lists.
    bool IsOthers(T found) =>
        T.Procedure.OwnIn.Contains(found.Case.State)
        && found.Case.OpenedBy != sight.OfficerId
        && !sight.Over(SeenBy).Roots.Contains(found.Case.UnitId);

    ActingOfficer Officer(string right, T seen) =>
        sight.Demand(right, seen.Units.FirstOrDefault(unit => sight.May(right, unit), seen.Case.UnitId));

    static string RightOf(string move) =>
        T.Procedure.MoveOf(move)?.Right
        ?? throw new InvalidOperationException($"No right is named for {T.Procedure.Name}.{move}.");
}

/// <summary>What of a list of cases is in sight.</summary>
public static class SightOfCases
{
    public static IQueryable<CaseRow> InSight(this IQueryable<CaseRow> rows, Reach reach) =>
        rows.InSight(reach, units => c => units.Contains(c.UnitId));
}
