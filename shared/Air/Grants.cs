using System.Collections.Immutable;

namespace Loa.Air;

/// <summary>The delegations known so far, by key; bounded, and only the root can put anything in.</summary>
sealed class Grants(int capacity)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Grant> byDigest = [];
    readonly Dictionary<string, ImmutableArray<Grant>> byKey = [];

    public Grant? WithDigest(string digest)
    {
        lock (gate)
            return byDigest.GetValueOrDefault(digest);
    }

    public ImmutableArray<Grant> OfKey(string keyId)
    {
        lock (gate)
            return byKey.GetValueOrDefault(keyId, []);
    }

    public ImmutableArray<Grant> All()
    {
        lock (gate)
            return [.. byDigest.Values];
    }

    public void Add(Grant grant)
    {
        lock (gate)
        {
            if (!byDigest.TryAdd(grant.Signed.Digest, grant))
                return;
            var keyId = grant.Key.KeyId;
            byKey[keyId] = byKey.GetValueOrDefault(keyId, []).Add(grant);
            if (byDigest.Count > capacity)
                Forget(byDigest.Values.MinBy(known => known.Delegation.Expires)!);
        }
    }

    void Forget(Grant grant)
    {
        byDigest.Remove(grant.Signed.Digest);
        var left = byKey[grant.Key.KeyId].Remove(grant);
        if (left.IsEmpty)
            byKey.Remove(grant.Key.KeyId);
        else
            byKey[grant.Key.KeyId] = left;
    }
}
