using Loa.Jose;
using Loa.Speaker.Store;

namespace Loa.Speaker.Trust;

/// <summary>The province's root key that this speaker has pinned, for ever once it has one; others may have taken its place since.</summary>
sealed class PinnedRoot(Journal journal)
{
    /// <summary>Null until a person has claimed the speaker, if no root was given beforehand.</summary>
    public PublicKey? Key =>
        PublicKey.TryFrom(journal.Value(JournalKeys.Root, TrustJson.Default.Jwk), out var root) ? root : null;

    /// <exception cref="AnotherRootException">It is not the one that is pinned, or none at all.</exception>
    public void Pin(Jwk root)
    {
        Check(root);
        if (Key is null)
            journal.Commit(new WriteBatch().Put(JournalKeys.Root, root, TrustJson.Default.Jwk));
    }

    /// <exception cref="AnotherRootException">It is not the one that is pinned, or none at all.</exception>
    /// <param name="changes">How that one took the place of others, as whoever names it says; only what their roots signed counts.</param>
    public void Check(Jwk root, IReadOnlyList<string>? changes = null)
    {
        if (!PublicKey.TryFrom(root, out var offered))
            throw new AnotherRootException("The root is not a P-256 public key.");
        if (Key is not { } pinned || pinned.KeyId == offered.KeyId)
            return;
        var chain = RootNotes.Open(journal, pinned, capacity: 1);
        var taken = new WriteBatch();
        foreach (var change in changes ?? [])
            if (chain.Follow(change) is { Ok: true } followed)
                RootNotes.Put(taken, followed.Signed);
        journal.Commit(taken);
        if (chain.Root.KeyId != offered.KeyId)
            throw new AnotherRootException($"This speaker obeys the root {pinned.KeyId}, not {offered.KeyId}.");
    }
}
