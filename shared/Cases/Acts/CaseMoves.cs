using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>What an act brings besides its move.</summary>
/// <param name="Seen">The number of acts the mover had seen; another number means that somebody was faster.</param>
public sealed record Deed(
    JsonObject? Patch = null,
    string? Comment = null,
    string? Signature = null,
    IReadOnlyList<string>? Papers = null,
    int? Seen = null
);

/// <summary>
/// Opens cases and moves them. Each call stores one act, renews the cached row and lets the move take its effect, in the caller's
/// transaction or in one of its own. A move stands on the row: how long the case is does not matter.
/// </summary>
public static class CaseMoves
{
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Opens a case by an opening move.</summary>
    public static Task<Case> Open(
        this CaseDb db,
        Procedure procedure,
        Guid id,
        Guid unitId,
        string move,
        Deed deed,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel
    ) =>
        db.Atomically(
            async () =>
            {
                var act = Next(Case.Unopened(procedure), id, unitId, move, deed, actor, at, []);
                var opened = Case.Unopened(procedure).After(act);
                db.AddRange(act, CaseRow.Of(opened));
                return await db.Store(opened, act, cancel);
            },
            cancel
        );

    /// <summary>
    /// Moves a case on. Of two who move it at once one wins; the other is refused with "case.moved" and told what happened.
    /// </summary>
    public static Task<Case> Move(
        this CaseDb db,
        Procedure procedure,
        Guid id,
        string move,
        Deed deed,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel,
        Guid? toUnit = null
    ) =>
        db.Atomically(
            async () =>
            {
                var now = await db.Find(procedure, id, cancel) ?? throw new MissingException(procedure.Name);
                return await db.MoveOn(now, move, deed, actor, at, toUnit, cancel);
            },
            cancel
        );

    /// <summary>Moves a case on from where it was read; refused with "case.moved" when somebody moved it since.</summary>
    public static Task<Case> Move(
        this CaseDb db,
        Case now,
        string move,
        Deed deed,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel,
        Guid? toUnit = null
    ) =>
        db.Atomically(
            async () =>
            {
                var stored = await db.Cases.Where(c => c.Id == now.Id).Select(c => c.Seq).FirstAsync(cancel);
                await db.CheckSeen(now, stored, cancel);
                return await db.MoveOn(now, move, deed, actor, at, toUnit, cancel);
            },
            cancel
        );

    /// <summary>The case as it stands; null when there is none of this procedure.</summary>
    public static async Task<Case?> Find(this CaseDb db, Procedure procedure, Guid id, CancellationToken cancel) =>
        await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.Procedure == procedure.Name, cancel)
            is { } row
            ? Case.Of(procedure, row)
            : null;

    /// <summary>The case with every act; null when there is none of this procedure.</summary>
    public static async Task<CaseWithActs?> FindWithActs(
        this CaseDb db,
        Procedure procedure,
        Guid id,
        CancellationToken cancel
    )
    {
        var acts = await db
            .Acts.AsNoTracking()
            .Where(a => a.CaseId == id && a.Procedure == procedure.Name)
            .OrderBy(a => a.Seq)
            .ToListAsync(cancel);
        return acts.Count == 0 ? null : CaseWithActs.Of(procedure, acts);
    }

    /// <summary>The latest acts of a case; how long it is does not matter.</summary>
    public static async Task<LatestActs> LatestActs(
        this CaseDb db,
        Case now,
        CancellationToken cancel,
        int count = Cases.LatestActs.Shown
    ) =>
        new(
            now.Procedure.Name,
            now.Seq,
            await db
                .Acts.AsNoTracking()
                .Where(a => a.CaseId == now.Id)
                .OrderByDescending(a => a.Seq)
                .Take(count)
                .Select(a => new ActDone(a.Move, a.By, a.At, a.Comment))
                .ToListAsync(cancel)
        );

    /// <summary>Refuses with "case.moved", and tells what happened, when the mover had seen another number of acts.</summary>
    public static async Task CheckSeen(this CaseDb db, Case now, int? seen, CancellationToken cancel)
    {
        if (seen is not null && seen != now.Seq)
            throw await db.Moved(now, cancel);
    }

    /// <summary>
    /// The moves that somebody made in this case, as far as one of them keeps him from this move; asked only where the procedure asks.
    /// </summary>
    public static async Task<IReadOnlyList<string>> MadeBy(
        this CaseDb db,
        Actor actor,
        Case now,
        string move,
        CancellationToken cancel
    ) =>
        now.Procedure.MoveOf(move) is not { NotByMakersOf: { Count: > 0 } barring }
            ? []
            : await db
                .Acts.Where(a => a.CaseId == now.Id && barring.Contains(a.Move))
                .By(actor)
                .Select(a => a.Move)
                .Distinct()
                .ToListAsync(cancel);

    /// <summary>The act that this move makes, checked by the procedure.</summary>
    /// <param name="made">The moves that the actor made before, where the procedure asks.</param>
    internal static Act Next(
        Case now,
        Guid id,
        Guid unitId,
        string move,
        Deed deed,
        Actor actor,
        DateTimeOffset at,
        IEnumerable<string> made
    )
    {
        var act = new Act
        {
            Id = Guid.CreateVersion7(),
            CaseId = id,
            Seq = now.Seq + 1,
            Procedure = now.Procedure.Name,
            Version = now.Procedure.Version,
            Move = move,
            UnitId = unitId,
            // Never before the act it follows, whatever the clock did meanwhile.
            At = at < now.MovedAt ? now.MovedAt : at,
            Actor = actor,
            Patch = (deed.Patch ?? []).ToJsonString(Json),
            Comment = string.IsNullOrWhiteSpace(deed.Comment) ? null : deed.Comment.Trim(),
            Papers = string.Join(' ', deed.Papers ?? []),
            Signature = deed.Signature,
            Previous = now.Head,
        }.Sealed();
        now.Check(act, made);
        return act;
    }

    static IQueryable<Act> By(this IQueryable<Act> acts, Actor actor)
    {
        if (actor is ActingOfficer { OfficerId: var officer })
            return acts.Where(a => a.OfficerId == officer);
        var party = Act.PartyOf(actor);
        return acts.Where(a => party != null && a.Party == party);
    }

    static async Task<Case> MoveOn(
        this CaseDb db,
        Case now,
        string move,
        Deed deed,
        Actor actor,
        DateTimeOffset at,
        Guid? toUnit,
        CancellationToken cancel
    )
    {
        await db.CheckSeen(now, deed.Seen, cancel);
        var made = await db.MadeBy(actor, now, move, cancel);
        var act = Next(now, now.Id, toUnit ?? now.UnitId, move, deed, actor, at, made);
        var after = now.After(act);
        db.Add(act);
        // Of the row only what differs is written; it was read as it stands.
        (db.Cases.Local.FindEntry(now.Id)?.Entity ?? db.Attach(CaseRow.Of(now)).Entity).Take(after);
        return await db.Store(after, act, cancel);
    }

    static async Task<Case> Store(this CaseDb db, Case after, Act act, CancellationToken cancel)
    {
        db.Shows(after.Procedure.Name, after.Id);
        await db.SaveChangesAsync(cancel);
        if (after.Procedure.MoveOf(act.Move)!.Effect is { } effect)
            await effect(db, after, act, cancel);
        return after;
    }

    static async Task<RefusedException> Moved(this CaseDb db, Case now, CancellationToken cancel)
    {
        var last = (await db.LatestActs(now, cancel, count: 1)).Last;
        return new(
            "case.moved",
            Words.Get($"move.{now.Procedure.Name}.{last.Move}"),
            last.By,
            VietnamTime.Of(last.At).ToString("HH:mm:ss dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture)
        );
    }
}
