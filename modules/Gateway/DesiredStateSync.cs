using Loa.Contracts.Gateway;
using Loa.Kernel;

namespace Loa.Gateway;

/// <summary>Brings speakers to what they are to hold, one part after the other.</summary>
sealed class DesiredStateSync(IEnumerable<ISyncPart> parts, BackgroundWork<DesiredStateSync> work)
{
    readonly ISyncPart[] parts = [.. parts];
    bool failed;

    /// <summary>An attempt has failed since this was last asked: the next comes within seconds.</summary>
    public bool TakeFailed() => Interlocked.Exchange(ref failed, false);

    /// <summary>An attempt has failed.</summary>
    public void Soon() => Volatile.Write(ref failed, true);

    public async Task Bring(IReadOnlyList<HeldVersions> speakers, CancellationToken cancel)
    {
        if (speakers.Count == 0)
            return;
        foreach (var part in parts)
            await part.Bring(speakers, cancel);
    }

    /// <summary>What fails here is tried again by <see cref="RetrySync"/>: that something was stored stays true.</summary>
    public async Task BringOrRetry(IReadOnlyList<HeldVersions> speakers, CancellationToken cancel)
    {
        if (!await work.Try(c => Bring(speakers, c), cancel))
            Soon();
    }

    /// <summary>All who lack something, each once.</summary>
    public async Task<List<HeldVersions>> Behind(CancellationToken cancel)
    {
        var behind = new Dictionary<Guid, HeldVersions>();
        foreach (var part in parts)
        foreach (var speaker in await part.Behind(cancel))
            behind[speaker.Speaker] = speaker;
        return [.. behind.Values];
    }
}
