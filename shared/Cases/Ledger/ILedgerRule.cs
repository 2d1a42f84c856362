namespace Loa.Cases;

/// <summary>A module adds to the ledger's proof what must hold of its acts together, beyond their chains.</summary>
public interface ILedgerRule
{
    /// <summary>The database whose acts it looks through.</summary>
    Type Db { get; }

    /// <summary>What does not hold, a sentence each.</summary>
    Task<IReadOnlyList<string>> Faults(CaseDb db, CancellationToken cancel);
}
