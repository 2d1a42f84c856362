namespace Loa.Cases;

/// <summary>
/// A versioned definition of one kind of case: its fields, its states and the moves between them.
/// A case keeps the version it was opened under, so an old case is always read by its own rules.
/// </summary>
public sealed class Procedure(
    string name,
    int version,
    string titleField,
    IReadOnlyList<Field> fields,
    IReadOnlyList<Move> moves
)
{
    readonly Dictionary<string, Field> fields = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
    readonly Dictionary<string, Move> moves = moves.ToDictionary(m => m.Name, StringComparer.Ordinal);

    public string Name { get; } = name;

    public int Version { get; } = version;

    /// <summary>The field that names a case in lists.</summary>
    public string TitleField { get; } = titleField;

    public IEnumerable<Field> Fields => fields.Values;

    public IEnumerable<Move> Moves => moves.Values;

    public Field? FieldOf(string name) => fields.GetValueOrDefault(name);

    public Move? MoveOf(string name) => moves.GetValueOrDefault(name);

    public IEnumerable<Move> MovesFrom(string? state) => Moves.Where(m => m.StartsFrom(state));
}

/// <summary>A move from some states to another. No <see cref="From"/> means that it opens the case; no <see cref="To"/> that the state stays.</summary>
public sealed record Move(string Name, IReadOnlyList<string> From, string? To)
{
    /// <summary>The fields this move may set; a patch with any other is refused.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Fields that must have a value after this move.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public bool NeedsComment { get; init; }

    public bool NeedsSignature { get; init; }

    /// <summary>Moves whose makers may not make this one: the author does not approve his own work.</summary>
    public IReadOnlyList<string> NotByMakersOf { get; init; } = [];

    public bool Opens => From.Count == 0;

    public bool StartsFrom(string? state) => state is null ? Opens : From.Contains(state);
}
