namespace Loa.Contracts.Ledger;

/// <summary>The newest seal over all acts of one module, signed with the server's key (loa-ledger-head).</summary>
/// <param name="Hash">SHA-256, lower-case hex: who keeps it can say later whether the ledger still holds what it held.</param>
/// <param name="Jws">Null while the server had no key to sign with.</param>
public sealed record LedgerHead(string Module, long Number, DateTimeOffset At, string Hash, string? Jws);

/// <summary>What the other modules ask of the ledger: something small to give to those who keep it outside.</summary>
public interface ILedgerHead
{
    /// <summary>The newest head of each module, by its name; from memory.</summary>
    IReadOnlyList<LedgerHead> Newest { get; }
}

/// <summary>A head was sealed; it goes to whoever keeps heads outside this server.</summary>
[EventName("ledger-sealed", Formerly = "Loa.Contracts.Ledger.LedgerSealed")]
public sealed record LedgerSealed(string Module, long Number, DateTimeOffset At, long Acts, string Hash, string? Jws);

/// <summary>How one module's ledger stands.</summary>
/// <param name="SealedAt">When its newest head was sealed; null before the first.</param>
/// <param name="IsSigned">Whether that head bears the server's signature.</param>
/// <param name="AnchoredAt">When a head was last kept outside; null when none ever was.</param>
/// <param name="AnchoredNumber">The newest head that is kept outside.</param>
/// <param name="VerifiedAt">When this server last looked through all of it; null since its start.</param>
/// <param name="Fault">What did not hold then, in a sentence.</param>
public sealed record LedgerState(
    string Module,
    long Number,
    DateTimeOffset? SealedAt,
    bool IsSigned,
    DateTimeOffset? AnchoredAt,
    long? AnchoredNumber,
    DateTimeOffset? VerifiedAt,
    string? Fault
);

/// <summary>Tells the auditor and the administrator how the ledger stands.</summary>
public interface ILedgerStates
{
    /// <summary>Whether heads go anywhere outside: a mail, or a file.</summary>
    bool IsAnchored { get; }

    Task<IReadOnlyList<LedgerState>> All(CancellationToken cancel);
}
