namespace Loa.Cases;

/// <summary>A case and all that was done to it, the first first.</summary>
public sealed record CaseWithActs(Case Case, IReadOnlyList<Act> Acts)
{
    public Act Opening => Acts[0];

    public Act Last => Acts[^1];

    public static CaseWithActs Of(Procedure procedure, IReadOnlyList<Act> acts) => new(Case.Of(procedure, acts), acts);

    /// <summary>The last act that made one of these moves; null when none did.</summary>
    public Act? LastOf(params IReadOnlyList<string> moves) => Acts.LastOrDefault(a => moves.Contains(a.Move));
}
