using System.Collections.Concurrent;

namespace Loa.Kernel;

/// <summary>Counts who looks on, so that neither one officer nor all of them hold the server's lines for themselves.</summary>
public sealed class Streams
{
    /// <summary>As many pages as one officer looks on at, on all his devices; a page that gets no place asks from time to time.</summary>
    public const int Most = 8;

    /// <summary>As many as all look on at together.</summary>
    public const int MostTogether = 2_000;

    readonly ConcurrentDictionary<Guid, int> open = new();
    int together;

    /// <summary>A place for one more; refused when all are taken.</summary>
    /// <returns>To be disposed of when the stream ends.</returns>
    public IDisposable Take(Sight sight)
    {
        var officer = sight.OfficerId ?? Guid.Empty;
        var place = new Place(this, officer);
        var (own, all) = (open.AddOrUpdate(officer, 1, (_, count) => count + 1), Interlocked.Increment(ref together));
        if (own <= Most && all <= MostTogether)
            return place;
        place.Dispose();
        throw new RefusedException("streams.too-many", Math.Min(own, Most));
    }

    void Leave(Guid officer)
    {
        Interlocked.Decrement(ref together);
        if (open.AddOrUpdate(officer, 0, (_, count) => count - 1) == 0)
            open.TryRemove(KeyValuePair.Create(officer, 0));
    }

    sealed class Place(Streams streams, Guid officer) : IDisposable
    {
        public void Dispose() => streams.Leave(officer);
    }
}
