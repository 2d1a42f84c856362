using System.Collections.Frozen;

namespace Loa.Air;

/// <summary>The list of revocations in force, ready to be asked.</summary>
sealed class Revoked(Signed<Revocations>? signed)
{
    readonly FrozenSet<string> keys = signed?.Document.Kids.ToFrozenSet() ?? [];
    readonly FrozenSet<Guid> delegations = signed?.Document.Delegations.ToFrozenSet() ?? [];

    public Signed<Revocations>? Signed => signed;

    public long Version => signed?.Document.Version ?? 0;

    public bool Covers(Delegation delegation) => keys.Contains(delegation.Kid) || delegations.Contains(delegation.Id);
}
