namespace Loa.Contracts.People;

/// <summary>Acts of a module that lodges in People's ledger, shown on the security page beside those of officers.</summary>
/// <param name="Kind">The kind under which they are found; <c>security.kind.…</c> names it.</param>
/// <param name="Moves">All of the procedure's.</param>
public sealed record SecurityActs(string Kind, string Procedure, IReadOnlyList<string> Moves);
