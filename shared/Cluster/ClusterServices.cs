using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cluster;

/// <summary>The door of what nodes have together. One node is the whole installation; several come by other implementations of the same.</summary>
public static class ClusterServices
{
    public static IServiceCollection AddOnlyNode(this IServiceCollection services) =>
        services.AddSingleton<ILeadership, OnlyNode>().AddSingleton<INodeCaches, OwnCaches>();

    /// <param name="name">Of the module and what is kept: "people.units".</param>
    public static IServiceCollection AddNodeCache<TCache>(this IServiceCollection services, string name)
        where TCache : class, INodeCache =>
        services.AddSingleton<TCache>().AddSingleton(new NodeCacheEntry(name, typeof(TCache)));
}
