using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Loa.Notices.Raised;

/// <summary>Rings for every open page when a notice came, ended or was read.</summary>
sealed class NoticeBell
{
    readonly ConcurrentDictionary<ChannelWriter<bool>, bool> listening = new();

    /// <returns>To be disposed of by who looks no longer.</returns>
    public IDisposable Listen(ChannelWriter<bool> bell)
    {
        listening[bell] = true;
        return new Listening(this, bell);
    }

    public void Ring()
    {
        foreach (var (bell, _) in listening)
            bell.TryWrite(true);
    }

    sealed class Listening(NoticeBell of, ChannelWriter<bool> bell) : IDisposable
    {
        public void Dispose() => of.listening.TryRemove(bell, out _);
    }
}
