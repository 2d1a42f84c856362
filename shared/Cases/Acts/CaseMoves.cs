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

/// <summary>Opens cases and moves them. Each call stores one act and renews the cached row in the caller's transaction.</summary>
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
    ) => db.Atomically(() => Store(db, Case.Unopened(procedure), id, unitId, move, deed, actor, at, cancel), cancel);

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
                if (deed.Seen is { } seen)
                    now.CheckSeen(seen);
                return await Store(db, now, id, toUnit ?? now.UnitId, move, deed, actor, at, cancel);
            },
            cancel
        );

    /// <summary>The case as its acts make it; null when there is none of this procedure.</summary>
    public static async Task<Case?> Find(this CaseDb db, Procedure procedure, Guid id, CancellationToken cancel)
    {
        var acts = await db
            .Acts.AsNoTracking()
            .Where(a => a.CaseId == id && a.Procedure == procedure.Name)
            .OrderBy(a => a.Seq)
            .ToListAsync(cancel);
        return acts.Count == 0 ? null : Case.Of(procedure, acts);
    }

    static async Task<Case> Store(
        CaseDb db,
        Case now,
        Guid id,
        Guid unitId,
        string move,
        Deed deed,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        var act = Next(now, id, unitId, move, deed, actor, at);
        db.Add(act);

        var row = act.Seq == 1 ? null : await db.Cases.FindAsync([id], cancel);
        if (row is null)
            db.Add(CaseRow.Of(now));
        else
            row.Take(now);
        await db.SaveChangesAsync(cancel);
        return now;
    }

    /// <summary>The act that this move makes, checked by the procedure and already applied to the case.</summary>
    internal static Act Next(Case now, Guid id, Guid unitId, string move, Deed deed, Actor actor, DateTimeOffset at)
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
            At = now.Seq > 0 && at < now.Last.At ? now.Last.At : at,
            PostId = actor.PostId,
            OfficerId = actor.OfficerId,
            By = actor.Name,
            Patch = (deed.Patch ?? []).ToJsonString(Json),
            Comment = string.IsNullOrWhiteSpace(deed.Comment) ? null : deed.Comment.Trim(),
            Papers = string.Join(' ', deed.Papers ?? []),
            Signature = deed.Signature,
            Previous = now.Head,
        }.Sealed();
        now.Check(act);
        now.Apply(act);
        return act;
    }
}
