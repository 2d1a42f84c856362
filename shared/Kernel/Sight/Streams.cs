using System.Collections.Concurrent;

namespace Loa.Kernel;

/// <summary>Counts what a session looks on at, so that one session cannot hold the server's lines for itself.</summary>
public sealed class Streams
{
    /// <summary>As many pages as one looks on at; beyond the sixth a browser opens none either.</summary>
    public const int Most = 5;

    readonly ConcurrentDictionary<Guid, int> open = new();

    /// <summary>A place for one more; refused when all are taken.</summary>
    /// <returns>To be disposed of when the stream ends.</returns>
    public IDisposable Take(Sight sight)
    {
        var session = sight.SessionId ?? Guid.Empty;
        if (open.AddOrUpdate(session, 1, (_, count) => count + 1) > Most)
        {
            Leave(session);
            throw new RefusedException("streams.too-many", Most);
        }
        return new Place(this, session);
    }

    void Leave(Guid session)
    {
        if (open.AddOrUpdate(session, 0, (_, count) => count - 1) == 0)
            open.TryRemove(KeyValuePair.Create(session, 0));
    }

    sealed class Place(Streams streams, Guid session) : IDisposable
    {
        public void Dispose() => streams.Leave(session);
    }
}
