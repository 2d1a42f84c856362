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
    public void Check(Jwk root)
    {
        if (!PublicKey.TryFrom(root, out var offered))
            throw new AnotherRootException("The root is not a P-256 public key.");
        if (Key is not { } pinned || pinned.KeyId == offered.KeyId)
            return;
        if (RootNotes.Open(journal, pinned, capacity: 1).Root.KeyId != offered.KeyId)
            throw new AnotherRootException($"This speaker obeys the root {pinned.KeyId}, not {offered.KeyId}.");
    }
}
