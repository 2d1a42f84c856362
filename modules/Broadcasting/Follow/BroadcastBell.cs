using System.Collections.Concurrent;
using System.Threading.Channels;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;

namespace Loa.Broadcasting.Follow;

/// <summary>Rings for all who look at a broadcast when somebody has done something to it.</summary>
sealed class BroadcastBell
{
    readonly ConcurrentDictionary<Guid, ConcurrentDictionary<ChannelWriter<bool>, bool>> listening = new();

    /// <returns>To be disposed of by who looks no longer.</returns>
    public IDisposable Listen(Guid broadcast, ChannelWriter<bool> bell)
    {
        listening.GetOrAdd(broadcast, _ => new())[bell] = true;
        return new Listening(this, broadcast, bell);
    }

    public void Ring(Guid broadcast)
    {
        if (listening.TryGetValue(broadcast, out var bells))
            foreach (var (bell, _) in bells)
                bell.TryWrite(true);
    }

    sealed class Listening(BroadcastBell of, Guid broadcast, ChannelWriter<bool> bell) : IDisposable
    {
        public void Dispose()
        {
            if (of.listening.TryGetValue(broadcast, out var bells))
                bells.TryRemove(bell, out _);
        }
    }
}

/// <summary>An order was given, stopped, withdrawn or made longer: all open pages show it at once.</summary>
sealed class RingWatchers(BroadcastBell bell) : IHear<TimetableChanged>
{
    public Task Hear(TimetableChanged news, Guid key, CancellationToken cancel)
    {
        bell.Ring(news.BroadcastId);
        return Task.CompletedTask;
    }
}
