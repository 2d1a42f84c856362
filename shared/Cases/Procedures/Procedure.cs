using Loa.Kernel;

namespace Loa.Cases;

/// <summary>
/// A versioned definition of one kind of case: its fields, its states and the moves between them.
/// A case keeps the version it was opened under, so an old case is always read by its own rules.
/// </summary>
public sealed class Procedure(
    string name,
    int version,
    string titleField,
    IReadOnlyList<CaseField> fields,
    IReadOnlyList<Move> moves
)
{
    readonly Dictionary<string, CaseField> fields = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
    readonly Dictionary<string, Move> moves = moves.ToDictionary(m => m.Name, StringComparer.Ordinal);

    // By whatever move a case comes into a state, the same have it: moves that differ stop the start.
    readonly Dictionary<string, string?> holders = moves
        .Where(m => m.To is not null)
        .Select(m => (State: m.To!, m.Holder))
        .Distinct()
        .ToDictionary(m => m.State, m => m.Holder, StringComparer.Ordinal);

    public string Name { get; } = name;

    public int Version { get; } = version;

    /// <summary>The field that names a case in lists.</summary>
    public string TitleField { get; } = titleField;

    /// <summary>
    /// What stands before the title in the keys of words, where a title is a name out of a closed list; null where people wrote it.
    /// </summary>
    public string? TitleWords { get; init; }

    /// <summary>A title as people say it.</summary>
    public string Told(string title) =>
        TitleWords is { } words && Words.Has(words + title) ? Words.Get(words + title) : title;

    /// <summary>The field that lists are narrowed by; null when there is none.</summary>
    public string? KindField { get; init; }

    /// <summary>The right to see such a case.</summary>
    public string? SeenBy { get; init; }

    /// <summary>
    /// The states in which a case is still its maker's: only he and those with a post of its very unit know of it, nobody above.
    /// </summary>
    public IReadOnlyList<string> OwnIn { get; init; } = [];

    public IEnumerable<CaseField> Fields => fields.Values;

    public IEnumerable<Move> Moves => moves.Values;

    public CaseField? FieldOf(string name) => fields.GetValueOrDefault(name);

    public Move? MoveOf(string name) => moves.GetValueOrDefault(name);

    /// <summary>The right whose holders have a case in this state; null when nobody has.</summary>
    public string? HolderOf(string? state) => holders.GetValueOrDefault(state ?? "");

    public IEnumerable<Move> MovesFrom(string? state) => Moves.Where(m => m.StartsFrom(state));
}
