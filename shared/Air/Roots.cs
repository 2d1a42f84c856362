using System.Collections.Immutable;
using Loa.Jose;

namespace Loa.Air;

/// <summary>The root that is obeyed, and those it took the place of, each as long as its change says.</summary>
sealed class Roots(PublicKey first)
{
    readonly record struct Root(PublicKey Key, DateTimeOffset? Until);

    ImmutableArray<Root> known = [new(first, null)];
    ImmutableArray<Signed<RootChange>> changes = [];

    public PublicKey Current => known[^1].Key;

    public IReadOnlyList<Signed<RootChange>> Changes => changes;

    public long Version => changes is [.., var last] ? last.Document.Version : 0;

    /// <summary>The root with this id, whether it still holds or not.</summary>
    public PublicKey? Find(string keyId)
    {
        foreach (var root in known)
            if (root.Key.KeyId == keyId)
                return root.Key;
        return null;
    }

    /// <summary>Until when what a root signed counts; null while nobody took its place.</summary>
    public DateTimeOffset? Until(string keyId)
    {
        foreach (var root in known)
            if (root.Key.KeyId == keyId)
                return root.Until;
        return DateTimeOffset.MinValue;
    }

    public bool Holds(string keyId, DateTimeOffset? now) =>
        Find(keyId) is not null && (now is null || Until(keyId) is not { } until || now < until);

    public void Follow(Signed<RootChange> change, PublicKey next)
    {
        known = [.. known[..^1], known[^1] with { Until = change.Document.Expires }, new(next, null)];
        changes = changes.Add(change);
    }
}
