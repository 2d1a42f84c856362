using Loa.Cluster;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Officers;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Sessions;

/// <summary>Ends sessions so that it counts at the next request: stored first, forgotten by the caches after.</summary>
sealed class SessionEnds(PeopleDb db, INodeCaches caches, TimeProvider clock)
{
    /// <summary>Ends the officer's sessions, or only one; tells how many were open.</summary>
    /// <param name="except">The session that goes on.</param>
    public Task<int> End(
        Guid officerId,
        string why,
        CancellationToken cancel,
        Guid? only = null,
        Guid? except = null
    ) => With(officerId, why, () => Task.FromResult(true), cancel, only, except);

    /// <summary>Does the work and ends the sessions in one transaction.</summary>
    public async Task<int> With(
        Guid officerId,
        string why,
        Func<Task> work,
        CancellationToken cancel,
        Guid? only = null,
        Guid? except = null
    )
    {
        var now = clock.Moment();
        var ended = await db.Atomically(
            async () =>
            {
                await work();
                var open = db.Sessions.Where(s => s.OfficerId == officerId && s.EndedAt == null);
                if (only is { } one)
                    open = open.Where(s => s.Id == one);
                if (except is { } other)
                    open = open.Where(s => s.Id != other);
                return await open.ExecuteUpdateAsync(
                    s => s.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Why, why),
                    cancel
                );
            },
            cancel
        );
        caches.Forget<SessionCache>(officerId);
        caches.Forget<PostCache>(officerId);
        return ended;
    }
}
