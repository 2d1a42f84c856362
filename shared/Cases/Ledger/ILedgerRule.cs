namespace Loa.Cases;

/// <summary>A module adds to the ledger's proof what must hold of its acts together, beyond their chains.</summary>
public interface ILedgerRule
{
    /// <summary>The context of the database that it looks through: the module's own, or that of one that lodges with it.</summary>
    Type Db { get; }

    /// <summary>What does not hold, a sentence each.</summary>
    /// <param name="db">The module's own.</param>
    Task<IReadOnlyList<string>> Faults(CaseDb db, CancellationToken cancel);
}
