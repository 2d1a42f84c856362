using Loa.Cluster;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Trust.Roots;

/// <summary>The root was changed, perhaps by the keeper's own program beside this server: what is kept in memory is read anew.</summary>
sealed class RenewRoots(INodeCaches caches) : IHear<RootChanged>
{
    public Task Hear(RootChanged news, Guid key, CancellationToken cancel)
    {
        caches.Forget<ProvinceRoots>(key);
        return Task.CompletedTask;
    }
}
