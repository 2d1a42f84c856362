namespace Loa.Cluster;

/// <summary>Keeps in one node's memory what is stored for all.</summary>
public interface INodeCache
{
    /// <summary>It is read anew at the next question. What is being read at this moment must not be kept either.</summary>
    /// <param name="changed">What was stored otherwise; a cache of one thing needs it not.</param>
    void Forget(Guid changed);
}

/// <summary>Tells the caches of every node that what they keep is out of date.</summary>
public interface INodeCaches
{
    /// <summary>Called once the change is committed. Forgotten on this node when it returns, on the others as soon as they hear.</summary>
    void Forget<TCache>(Guid changed)
        where TCache : class, INodeCache;
}

/// <summary>A cache as the nodes name it to each other.</summary>
/// <param name="Name">Written, and the same on nodes of two versions.</param>
public sealed record NodeCacheEntry(string Name, Type Type);
