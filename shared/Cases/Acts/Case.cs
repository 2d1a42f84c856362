using System.Text.Json.Nodes;
using Loa.Kernel;

namespace Loa.Cases;

/// <summary>
/// A case as it stands: state, fields, holder and when it is due are a fold of its acts, computed here and nowhere else. It never
/// changes: an act makes the next one. Who did what is in the acts (<see cref="CaseWithActs"/>).
/// </summary>
public sealed class Case
{
    readonly Dictionary<string, JsonNode> fields;

    Case(Procedure procedure, Dictionary<string, JsonNode> fields) => (Procedure, this.fields) = (procedure, fields);

    public Procedure Procedure { get; }

    public Guid Id { get; private init; }

    public Guid UnitId { get; private init; }

    public string? State { get; private init; }

    /// <summary>The number of its acts.</summary>
    public int Seq { get; private init; }

    /// <summary>The hash of its last act.</summary>
    public string Head { get; private init; } = "";

    public DateTimeOffset OpenedAt { get; private init; }

    /// <summary>The officer who opened it; zeros when it was not an officer.</summary>
    public Guid OpenedBy { get; private init; }

    public DateTimeOffset MovedAt { get; private init; }

    /// <summary>Until when the next move is due, if it is.</summary>
    public DateTimeOffset? DueAt { get; private init; }

    /// <summary>The right whose holders have the case now; null when nobody has.</summary>
    public string? Holder => Procedure.HolderOf(State);

    public IReadOnlyDictionary<string, JsonNode> Fields => fields;

    public string Text(string field) => fields.TryGetValue(field, out var value) ? value.GetValue<string>() : "";

    public long Number(string field) => fields.TryGetValue(field, out var value) ? value.GetValue<long>() : 0;

    public bool Flag(string field) => fields.TryGetValue(field, out var value) && value.GetValue<bool>();

    public IReadOnlyList<string> Texts(string field) =>
        fields.TryGetValue(field, out var value) ? [.. value.AsArray().Select(v => v!.GetValue<string>())] : [];

    public string Title => Text(Procedure.TitleField);

    /// <summary>The case before its first act.</summary>
    public static Case Unopened(Procedure procedure) => new(procedure, new(StringComparer.Ordinal));

    /// <summary>The case as all its acts make it.</summary>
    public static Case Of(Procedure procedure, IEnumerable<Act> acts) =>
        acts.Aggregate(Unopened(procedure), (standing, act) => standing.After(act));

    /// <summary>The case as its cached row says.</summary>
    public static Case Of(Procedure procedure, CaseRow row) =>
        new(
            procedure,
            JsonNode.Parse(row.Fields)!.AsObject().ToDictionary(f => f.Key, f => f.Value!, StringComparer.Ordinal)
        )
        {
            Id = row.Id,
            UnitId = row.UnitId,
            State = row.State.Length == 0 ? null : row.State,
            Seq = row.Seq,
            Head = row.Head,
            OpenedAt = row.OpenedAt,
            OpenedBy = row.OpenedBy,
            MovedAt = row.MovedAt,
            DueAt = row.DueAt,
        };

    public bool Allows(string move) => Procedure.MoveOf(move)?.StartsFrom(State) == true;

    /// <summary>Whether the move may be made from here, whoever makes it.</summary>
    public Move CheckMove(string name)
    {
        var move = Procedure.MoveOf(name);
        Refuse.If(move is null, "case.no-such-move", name);
        Refuse.Unless(
            move.StartsFrom(State),
            "case.not-from-here",
            Words.Get($"move.{Procedure.Name}.{name}"),
            Words.Get($"state.{Procedure.Name}.{State}")
        );
        return move;
    }

    /// <summary>Every rule of the procedure, in a row. An act that passes can be stored.</summary>
    /// <param name="made">The moves that its maker made in this case before.</param>
    public void Check(Act act, IEnumerable<string> made)
    {
        var move = CheckMove(act.Move);
        move.CheckMaker(made);
        Refuse.If(move.NeedsComment && string.IsNullOrWhiteSpace(act.Comment), "case.needs-comment");
        Refuse.If(act.Comment?.Length > 2000, "case.comment-too-long");
        Refuse.If(move.NeedsSignature && act.Signature is null, "case.needs-signature");

        var patch = Parse(act.Patch);
        foreach (var (name, value) in patch)
        {
            Refuse.Unless(move.Sets.Contains(name), "case.field-not-here", name);
            Refuse.Unless(
                Procedure.FieldOf(name)?.Fits(value) == true,
                "case.field-does-not-fit",
                Words.Get($"field.{name}")
            );
        }
        foreach (var name in move.Needs)
            Refuse.Unless(
                patch.TryGetPropertyValue(name, out var given) ? given is not null : fields.ContainsKey(name),
                "case.field-missing",
                Words.Get($"field.{name}")
            );
    }

    /// <summary>The case as this act leaves it.</summary>
    public Case After(Act act)
    {
        var move = Procedure.MoveOf(act.Move);
        var next = new Dictionary<string, JsonNode>(fields, StringComparer.Ordinal);
        foreach (var (name, value) in Parse(act.Patch))
        {
            if (value is null)
                next.Remove(name);
            else
                next[name] = value;
        }
        var opens = Seq == 0;
        return new(Procedure, next)
        {
            Id = act.CaseId,
            UnitId = act.UnitId,
            State = move?.To ?? State,
            Seq = Seq + 1,
            Head = act.Hash,
            OpenedAt = opens ? act.At : OpenedAt,
            OpenedBy = opens ? act.OfficerId : OpenedBy,
            MovedAt = act.At,
            // A move that leaves the case where it was leaves it due when it was.
            DueAt = move is { To: null, Due: null } ? DueAt : act.At + move?.Due,
        };
    }

    static JsonObject Parse(string patch) =>
        JsonNode.Parse(patch) as JsonObject ?? throw new InvalidOperationException("A patch is a JSON object.");
}
