using Loa.Jose;

namespace Loa.Air;

/// <summary>
/// What must be so before a document of one kind is believed, in the order in which it is asked. Each kind says its own; what all
/// have in common (root, delegation, revocation, signature) is the chain's.
/// </summary>
public abstract class Rule<T>
    where T : AirDocument<T>, IAirDocument<T>
{
    // Clocks of speakers drift until the server disciplines them.
    private protected static readonly TimeSpan ClockError = TimeSpan.FromSeconds(60);

    /// <summary>What the key must be delegated for.</summary>
    internal abstract AirKind Kind(T document);

    /// <summary>Whether the root itself may sign it; then no delegation is asked for.</summary>
    internal virtual bool MayRootSign => false;

    /// <summary>The moment at which the delegation must be in force.</summary>
    internal abstract DateTimeOffset Moment(T document);

    /// <summary>Whether the text is the one that was meant, before anybody reads it.</summary>
    internal virtual string? Names(string? compact) => null;

    /// <summary>Whether it is meant for this reader.</summary>
    internal virtual string? Concerns(T document) => null;

    /// <summary>Whether this delegation goes so far.</summary>
    internal abstract string? Allows(Delegation delegation, T document);

    /// <summary>What else must be so, once the signer is known to be allowed.</summary>
    internal virtual string? Holds(T document) => null;

    private protected static string? IsNamed(string? compact, string digest, string missing) =>
        Check.That(compact is not null && Jws.IsNamed(compact, digest), missing);

    private protected static string? Reaches(
        Delegation delegation,
        IReadOnlyList<Guid> path,
        IReadOnlyList<Guid> meant
    ) => Check.That(Scope.Reaches(path, delegation.Units, meant), Refusal.DelegationUnit);

    private protected static string? HasClasses(Delegation delegation, IEnumerable<AirClass> classes) =>
        Check.That(classes.All(delegation.Classes.Contains), Refusal.DelegationClass);
}
