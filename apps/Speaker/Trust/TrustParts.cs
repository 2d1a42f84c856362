using Loa.Jose;
using Loa.Speaker.Store;

namespace Loa.Speaker.Trust;

/// <summary>Who the speaker is, and whom it believes.</summary>
static class TrustParts
{
    /// <param name="key">By which the province knows it.</param>
    public static Parts AddTrust(this Parts parts, Identity identity, SigningKey key)
    {
        var (journal, clock) = (parts.Get<Journal>(), parts.Get<TimeProvider>());
        var root = parts.Get<PinnedRoot>().Key!;
        parts.Lend(identity).Lend(key);
        parts.Add(new Guard(journal, root, identity, key.KeyId, clock));
        parts.Add(new ConnectionNonce());
        return parts;
    }
}
