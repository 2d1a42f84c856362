using Loa.Jose;

namespace Loa.Air;

/// <summary>What the judge learns: the root of today, whom it lets sign, and what it no longer stands by.</summary>
public sealed partial class Chain
{
    /// <summary>The list in force, for the owner to store.</summary>
    public Signed<Revocations>? Revocations => Volatile.Read(ref revoked).Signed;

    public long RevocationsVersion => Volatile.Read(ref revoked).Version;

    /// <summary>All delegations by the root known so far, for the owner to store.</summary>
    public IReadOnlyList<Signed<Delegation>> Delegations => [.. grants.All().Select(grant => grant.Signed)];

    /// <summary>Learns a delegation if the root signed it; whether it is in force is asked at each use.</summary>
    public Verdict<Delegation> Learn(string? compact)
    {
        if (!Delegation.TryRead(compact, out var read, out var refusal))
            return Verdict<Delegation>.Refused(refusal);
        if (grants.WithDigest(read.Digest) is { } known)
            return Verdict<Delegation>.Of(known.Signed, null);
        if (roots.Find(read.KeyId) is not { } by || !read.IsSignedBy(by))
            return Verdict<Delegation>.Refused(Refusal.DelegationSignature);
        if (!PublicKey.TryFrom(read.Document.Jwk, out var key))
            return Verdict<Delegation>.Refused(Refusal.JwsMalformed);
        grants.Add(new Grant(read, key));
        return Verdict<Delegation>.Of(read, null);
    }

    /// <summary>Takes the root that the one of today names in its place.</summary>
    /// <remarks>However late it comes: a speaker that was off for a year would be lost otherwise.</remarks>
    public Verdict<RootChange> Follow(string? compact)
    {
        if (!RootChange.TryRead(compact, out var read, out var refusal))
            return Verdict<RootChange>.Refused(refusal);
        if (!PublicKey.TryFrom(read.Document.Jwk, out var next))
            return Verdict<RootChange>.Refused(Refusal.JwsMalformed);
        lock (gate)
        {
            var reason =
                Check.That(roots.Find(read.KeyId) is not null, Refusal.KeyUnknown)
                ?? Check.That(read.IsSignedBy(roots.Find(read.KeyId)!), Refusal.JwsSignature)
                ?? Check.That(
                    read.Document.Version > roots.Version && read.KeyId == roots.Current.KeyId,
                    Refusal.RootOlder
                )
                ?? Check.That(roots.Find(next.KeyId) is null, Refusal.RootOlder);
            if (reason is null)
                roots.Follow(read, next);
            return Verdict<RootChange>.Of(read, reason);
        }
    }

    /// <summary>Takes a newer list of revocations by the root.</summary>
    /// <param name="now">Null for a list that was taken once.</param>
    public Verdict<Revocations> Revoke(string? compact, DateTimeOffset? now = null)
    {
        if (!Air.Revocations.TryRead(compact, out var read, out var refusal))
            return Verdict<Revocations>.Refused(refusal);
        var reason =
            Check.That(roots.Holds(read.KeyId, now), Refusal.KeyUnknown)
            ?? Check.That(read.IsSignedBy(roots.Find(read.KeyId)!), Refusal.JwsSignature);
        if (reason is not null)
            return Verdict<Revocations>.Refused(reason);
        lock (gate)
        {
            if (read.Document.Version <= revoked.Version)
                return Verdict<Revocations>.Refused(Refusal.RevocationsOlder);
            Volatile.Write(ref revoked, new Revoked(read));
        }
        return Verdict<Revocations>.Of(read, null);
    }
}
