using Loa.Contracts.People;
using Loa.Kernel;

namespace Loa.Trust;

/// <summary>The root was changed, perhaps by the keeper's own program beside this server: what is kept in memory is read anew.</summary>
sealed class RenewRoots(ProvinceRoots roots) : IHear<RootChanged>
{
    public Task Hear(RootChanged news, Guid key, CancellationToken cancel)
    {
        roots.Forget();
        return Task.CompletedTask;
    }
}
