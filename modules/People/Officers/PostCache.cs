using System.Collections.Concurrent;
using Loa.Cases;
using Loa.Cluster;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Officers;

/// <summary>Who holds which post now. Asked on every request, so an officer is kept in memory until an act changes him.</summary>
sealed class PostCache(IServiceScopeFactory scopes, TimeProvider clock) : IPosts, INodeCache
{
    readonly ConcurrentDictionary<Guid, Officer> officers = new();
    int edition;

    public async ValueTask<IReadOnlyList<HeldPost>> Of(Guid officerId, CancellationToken cancel)
    {
        if (!officers.TryGetValue(officerId, out var officer))
            officer = await Read(officerId, cancel);
        return officer?.Held(clock.Today()) ?? [];
    }

    void INodeCache.Forget(Guid officerId)
    {
        Interlocked.Increment(ref edition);
        officers.TryRemove(officerId, out _);
    }

    async Task<Officer?> Read(Guid officerId, CancellationToken cancel)
    {
        var before = Volatile.Read(ref edition);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        if (await db.FindWithActs(OfficerProcedure.Definition, officerId, cancel) is not { } found)
            return null;
        var officer = Officer.Of(found);
        officers[officerId] = officer;
        // Somebody changed an officer while we read: this one is used once and not kept.
        if (before != Volatile.Read(ref edition))
            officers.TryRemove(officerId, out _);
        return officer;
    }
}
