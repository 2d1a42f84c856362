using System.Collections.Frozen;
using Loa.Air;
using Loa.Contracts.Trust;

namespace Loa.Gateway;

/// <summary>
/// Which speakers may not connect because the root took a key back: their own, or the one that signed where they stand.
/// </summary>
sealed class RevokedKeys(ITrust trust, TimeProvider clock)
{
    // Every node reads it for itself, so that news which only one of them hears is in force everywhere within seconds.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    Held? held;

    public async ValueTask<List> Now(CancellationToken cancel)
    {
        if (Volatile.Read(ref held) is { } kept && clock.GetElapsedTime(kept.At) < Fresh)
            return kept.List;
        return await Renew(cancel);
    }

    public async ValueTask<List> Renew(CancellationToken cancel)
    {
        var at = clock.GetTimestamp();
        var list = Revocations.TryRead(await trust.Revocations(cancel), out var read, out _)
            ? new List(read.Document.Kids.ToFrozenSet(StringComparer.Ordinal))
            : new List([]);
        Volatile.Write(ref held, new(list, at));
        return list;
    }

    sealed record Held(List List, long At);

    public sealed record List(FrozenSet<string> Kids)
    {
        /// <param name="placedBy">The key that signed where the speaker stands.</param>
        public bool Covers(string kid, string placedBy) => Kids.Contains(kid) || Kids.Contains(placedBy);
    }
}
