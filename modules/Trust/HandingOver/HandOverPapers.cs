using Loa.Air;
using Loa.Jose;
using Loa.Kernel;

namespace Loa.Trust.HandingOver;

/// <summary>What the keeper signed for a change of root, as it came back.</summary>
/// <param name="Next">The root that takes the place of the one of today.</param>
sealed record HandOverPapers(
    Signed<RootChange> Change,
    PublicKey Next,
    IReadOnlyList<Signed<Delegation>> Delegations,
    string? Revocations
)
{
    /// <summary>Texts separated by blanks or line ends, in any order.</summary>
    public static HandOverPapers Read(string texts)
    {
        Signed<RootChange>? change = null;
        var delegations = new List<Signed<Delegation>>();
        string? list = null;
        foreach (var text in texts.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Jws.Low))
            if (RootChange.TryRead(text, out var root, out _) && change is null)
                change = root;
            else if (Delegation.TryRead(text, out var delegation, out _))
                delegations.Add(delegation);
            else if (Air.Revocations.TryRead(text, out _, out var reason) && list is null)
                list = text;
            else
                throw new RefusedException("trust.unreadable", reason ?? Refusal.DocumentType);
        Refuse.If(change is null, "trust.root-no-change");
        Refuse.Unless(PublicKey.TryFrom(change.Document.Jwk, out var next), "trust.root-no-change");
        return new(change, next, delegations, list);
    }
}
