using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cluster;

/// <summary>The door of what nodes have together. One node is the whole installation; several come by other implementations of the same.</summary>
public static class ClusterServices
{
    public static IServiceCollection AddOnlyNode(this IServiceCollection services) =>
        services.AddSingleton<ILeadership, OnlyNode>();
}
