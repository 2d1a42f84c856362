using Loa.Contracts.People;
using Loa.Kernel;

namespace Loa.Devices.Gateway;

/// <summary>A key was revoked: every connected speaker hears it at once, the others when they come.</summary>
sealed class TellRevocations(Sync sync) : IHear<RevocationsChanged>
{
    // Telling a speaker twice changes nothing: it takes only a newer list.
    public Task Hear(RevocationsChanged news, Guid key, CancellationToken cancel) => sync.Revoke(cancel);
}
