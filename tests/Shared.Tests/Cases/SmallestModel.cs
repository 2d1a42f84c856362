using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loa.Cases;

/// <summary>The rules of a procedure told a second time, as shortly as can be: what the engine is measured against.</summary>
sealed class SmallestModel(Procedure procedure)
{
    readonly Dictionary<string, string> fields = [];
    readonly List<(string Move, Guid Officer)> done = [];

    public string? State { get; private set; }

    public int Count => done.Count;

    /// <summary>The fields as JSON texts.</summary>
    public IReadOnlyDictionary<string, string> Fields => fields;

    public bool Try(Attempt attempt)
    {
        var move = procedure.Moves.FirstOrDefault(m => m.Name == attempt.Move);
        if (move is null || !MayStart(move) || !MayMake(move, attempt) || !Fits(move, attempt.Patch))
            return false;
        State = move.To ?? State;
        foreach (var (name, value) in attempt.Patch)
            if (value is null)
                fields.Remove(name);
            else
                fields[name] = value.ToJsonString();
        done.Add((move.Name, attempt.OfficerId));
        return true;
    }

    bool MayStart(Move move) => State is null ? move.From.Count == 0 : move.From.Contains(State);

    bool MayMake(Move move, Attempt attempt) =>
        !done.Any(d => d.Officer == attempt.OfficerId && move.NotByMakersOf.Contains(d.Move))
        && (attempt.Comment.Length > 0 || !move.NeedsComment)
        && (attempt.Signature is not null || !move.NeedsSignature);

    bool Fits(Move move, JsonObject patch) =>
        patch.All(p => move.Sets.Contains(p.Key) && (p.Value is null || p.Value.GetValueKind() == KindOf(p.Key)))
        && move.Needs.All(n => patch.ContainsKey(n) ? patch[n] is not null : fields.ContainsKey(n));

    static JsonValueKind KindOf(string field) =>
        field switch
        {
            "number" => JsonValueKind.Number,
            "flag" => JsonValueKind.True,
            _ => JsonValueKind.String,
        };
}
