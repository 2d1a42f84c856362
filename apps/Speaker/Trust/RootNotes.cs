using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;

namespace Loa.Speaker.Trust;

/// <summary>The root that was pinned first, and how it came to be the one of today: both are kept for ever.</summary>
static class RootNotes
{
    const string Prefix = "root-change/";

    /// <summary>A chain that begins with the root that was pinned and obeys the one of today.</summary>
    public static Chain Open(Journal journal, PublicKey pinned, int capacity)
    {
        var chain = new Chain(pinned, capacity);
        foreach (var key in journal.Keys(Prefix).Order(StringComparer.Ordinal))
            chain.Follow(journal.Text(key));
        return chain;
    }

    // Padded, so that the order of the keys is that of the changes.
    public static WriteBatch Put(WriteBatch changes, Signed<RootChange> change) =>
        changes.Put($"{Prefix}{change.Document.Version:d6}", change.Compact);
}
