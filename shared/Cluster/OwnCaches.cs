using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cluster;

/// <summary>The caches of an installation of one node.</summary>
sealed class OwnCaches(IServiceProvider services) : INodeCaches
{
    public void Forget<TCache>(Guid changed)
        where TCache : class, INodeCache => services.GetRequiredService<TCache>().Forget(changed);
}
