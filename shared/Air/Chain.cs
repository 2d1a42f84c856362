using System.Collections.Immutable;
using Loa.Jose;

namespace Loa.Air;

/// <summary>The one judge of what comes over the air, for speakers and for the server: root → delegation → document.</summary>
/// <remarks>
/// It may be shared by threads and by many speakers. Each delegation's signature is checked once. A document that is
/// held already (same text) need not be asked again: asked again, its version is "older".
/// </remarks>
public sealed partial class Chain(PublicKey root, int capacity = 10_000)
{
    readonly Lock gate = new();
    readonly Grants grants = new(capacity);
    readonly Roots roots = new(root);
    Revoked revoked = new(null);

    /// <summary>The root of today.</summary>
    public PublicKey Root => roots.Current;

    /// <summary>How it came to be that one, for the owner to store.</summary>
    public IReadOnlyList<Signed<RootChange>> RootChanges => roots.Changes;

    /// <summary>Is this document to be believed, by what its kind asks?</summary>
    public Verdict<T> Verify<T>(string? compact, Rule<T> rule)
        where T : AirDocument<T>, IAirDocument<T>
    {
        if (rule.Names(compact) is { } another)
            return Verdict<T>.Refused(another);
        return AirDocument<T>.TryRead(compact, out var read, out var refusal)
            ? Verdict<T>.Of(read, Judge(read, rule))
            : Verdict<T>.Refused(refusal);
    }

    string? Judge<T>(Signed<T> read, Rule<T> rule)
        where T : AirDocument<T>, IAirDocument<T>
    {
        var document = read.Document;
        var moment = rule.Moment(document);
        if (rule.MayRootSign && roots.Holds(read.KeyId, moment))
            return Check.That(read.IsSignedBy(roots.Find(read.KeyId)!), Refusal.JwsSignature)
                ?? rule.Concerns(document)
                ?? rule.Holds(document);
        return Authorise(read, rule.Kind(document), moment, out var allowed)
            ?? rule.Concerns(document)
            ?? Any(allowed, grant => rule.Allows(grant.Delegation, document))
            ?? rule.Holds(document);
    }

    /// <summary>Is there a delegation in force that lets the signer sign this kind, and did the signer sign?</summary>
    string? Authorise<T>(Signed<T> read, AirKind kind, DateTimeOffset now, out ImmutableArray<Grant> allowed)
        where T : class
    {
        var list = Volatile.Read(ref revoked);
        var known = grants.OfKey(read.KeyId);
        allowed = [.. known.Where(grant => InForce(grant, list, kind, now) is null)];
        return Any(known, grant => InForce(grant, list, kind, now))
            ?? Check.That(read.IsSignedBy(known[0].Key), Refusal.JwsSignature);
    }

    string? InForce(Grant grant, Revoked list, AirKind kind, DateTimeOffset now) =>
        Check.That(!list.Covers(grant.Delegation), Refusal.DelegationRevoked)
        ?? Check.Within(
            now,
            grant.Delegation.NotBefore,
            grant.Delegation.Expires,
            Refusal.DelegationEarly,
            Refusal.DelegationExpired
        )
        ?? Check.That(roots.Holds(grant.Signed.KeyId, now), Refusal.DelegationExpired)
        ?? Check.That(grant.Delegation.Kinds.Contains(kind), Refusal.DelegationKind);

    /// <summary>One delegation that allows is enough; if none does, the reason is that of the one that came furthest.</summary>
    static string? Any(ImmutableArray<Grant> grants, Func<Grant, string?> check)
    {
        var furthest = Refusal.KeyUnknown;
        foreach (var grant in grants)
        {
            if (check(grant) is not { } reason)
                return null;
            furthest = Refusal.Further(furthest, reason);
        }
        return furthest;
    }
}
