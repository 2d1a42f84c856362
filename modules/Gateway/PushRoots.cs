using Loa.Cluster;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Gateway;

/// <summary>The root was changed: every connected speaker hears it at once, the others when they come.</summary>
sealed class PushRoots(TellRoots roots, INodeCaches caches) : IHear<RootChanged>
{
    // Telling a speaker twice changes nothing: it takes each change once.
    public Task Hear(RootChanged news, Guid key, CancellationToken cancel)
    {
        // What lets the server sign is granted by the next root now.
        caches.Forget<OwnDelegations>(key);
        return roots.SendToAll(cancel);
    }
}
