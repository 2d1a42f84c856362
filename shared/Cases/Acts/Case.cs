using System.Globalization;
using System.Text.Json.Nodes;
using Loa.Kernel;

namespace Loa.Cases;

/// <summary>
/// A case as its acts make it: state, fields and who did what are a fold of the acts, computed here and nowhere else.
/// </summary>
public sealed class Case
{
    readonly List<Act> acts = [];
    readonly Dictionary<string, JsonNode> fields = new(StringComparer.Ordinal);

    Case(Procedure procedure) => Procedure = procedure;

    public Procedure Procedure { get; }

    public Guid Id => acts[0].CaseId;

    public Guid UnitId => acts[^1].UnitId;

    public string? State { get; private set; }

    public int Seq => acts.Count;

    public string Head => acts.Count == 0 ? "" : acts[^1].Hash;

    public IReadOnlyList<Act> Acts => acts;

    public Act Opening => acts[0];

    public Act Last => acts[^1];

    public IReadOnlyDictionary<string, JsonNode> Fields => fields;

    public string Text(string field) => fields.TryGetValue(field, out var value) ? value.GetValue<string>() : "";

    public long Number(string field) => fields.TryGetValue(field, out var value) ? value.GetValue<long>() : 0;

    public bool Flag(string field) => fields.TryGetValue(field, out var value) && value.GetValue<bool>();

    public IReadOnlyList<string> Texts(string field) =>
        fields.TryGetValue(field, out var value) ? [.. value.AsArray().Select(v => v!.GetValue<string>())] : [];

    public string Title => Text(Procedure.TitleField);

    public static Case Of(Procedure procedure, IEnumerable<Act> acts)
    {
        var folded = new Case(procedure);
        foreach (var act in acts)
            folded.Apply(act);
        return folded;
    }

    /// <summary>The case before its first act.</summary>
    public static Case Unopened(Procedure procedure) => new(procedure);

    public bool Allows(string move) => Procedure.MoveOf(move)?.StartsFrom(State) == true;

    /// <summary>Whether this officer made one of the moves.</summary>
    public bool WasMovedBy(Guid officerId, IEnumerable<string> moves) =>
        acts.Any(a => a.OfficerId == officerId && moves.Contains(a.Move));

    /// <summary>Refuses with "case.moved", and tells what happened, when the mover had seen another number of acts.</summary>
    public void CheckSeen(int seen)
    {
        if (seen != Seq)
            throw new RefusedException(
                "case.moved",
                Words.Get($"move.{Procedure.Name}.{Last.Move}"),
                Last.By,
                VietnamTime.Of(Last.At).ToString("HH:mm:ss dd/MM/yyyy", CultureInfo.InvariantCulture)
            );
    }

    /// <summary>Whether this officer may make the move now, before anything else is asked of him.</summary>
    public Move CheckMover(string name, Guid officerId)
    {
        var move = Procedure.MoveOf(name);
        Refuse.If(move is null, "case.no-such-move", name);
        Refuse.Unless(
            move.StartsFrom(State),
            "case.not-from-here",
            Words.Get($"move.{Procedure.Name}.{name}"),
            Words.Get($"state.{Procedure.Name}.{State}")
        );
        Refuse.If(WasMovedBy(officerId, move.NotByMakersOf), "case.not-by-the-same-person");
        return move;
    }

    /// <summary>Every rule of the procedure, in a row. An act that passes can be stored.</summary>
    public void Check(Act act)
    {
        var move = CheckMover(act.Move, act.OfficerId);
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

    public void Apply(Act act)
    {
        State = Procedure.MoveOf(act.Move)?.To ?? State;
        foreach (var (name, value) in Parse(act.Patch))
        {
            if (value is null)
                fields.Remove(name);
            else
                fields[name] = value.DeepClone();
        }
        acts.Add(act);
    }

    static JsonObject Parse(string patch) =>
        JsonNode.Parse(patch) as JsonObject ?? throw new InvalidOperationException("A patch is a JSON object.");
}
