using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Loa.Contracts.Devices;

namespace Loa.Playout.AsRun;

/// <summary>
/// Tells those who watch a broadcast of each change. A slow watcher misses steps in between, never the last one,
/// and holds nobody up.
/// </summary>
sealed class PlayFeed
{
    readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Watcher, bool>> watchers = new();

    public void Tell(Guid broadcast, SpeakerPlay play)
    {
        if (watchers.TryGetValue(broadcast, out var watching))
            foreach (var (watcher, _) in watching)
                watcher.Tell(play);
    }

    public async IAsyncEnumerable<SpeakerPlay> Watch(Guid broadcast, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var watcher = new Watcher();
        watchers.GetOrAdd(broadcast, _ => new()).TryAdd(watcher, true);
        try
        {
            while (true)
                foreach (var play in await watcher.Next(cancel))
                    yield return play;
        }
        finally
        {
            if (watchers.TryGetValue(broadcast, out var watching))
                watching.TryRemove(watcher, out _);
        }
    }

    /// <summary>The latest of each speaker that the watcher has not seen yet.</summary>
    sealed class Watcher : IDisposable
    {
        readonly Lock gate = new();
        readonly SemaphoreSlim bell = new(0);
        Dictionary<Guid, SpeakerPlay> unseen = [];

        public void Tell(SpeakerPlay play)
        {
            lock (gate)
            {
                unseen[play.SpeakerId] = play;
                if (unseen.Count == 1 && bell.CurrentCount == 0)
                    bell.Release();
            }
        }

        public async Task<IReadOnlyCollection<SpeakerPlay>> Next(CancellationToken cancel)
        {
            while (true)
            {
                await bell.WaitAsync(cancel);
                lock (gate)
                {
                    if (unseen.Count == 0)
                        continue;
                    var seen = unseen;
                    unseen = [];
                    return seen.Values;
                }
            }
        }

        // A teller may still hold it for a moment; the bell has no handle that must be closed.
        public void Dispose()
        {
            lock (gate)
                unseen = [];
        }
    }
}
