using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Revoking;

/// <summary>Posts also end by themselves, at midnight or with their unit: what hung on them is looked for again and again.</summary>
sealed class WatchPosts(IServiceScopeFactory scopes, BackgroundWork<WatchPosts> work)
    : LeaderLoop<WatchPosts>("trust.watch-posts", work)
{
    static readonly TimeSpan Often = TimeSpan.FromMinutes(10);

    // At start too: the server may have been killed between a lock and what follows from it.
    protected override Task Loop(CancellationToken stop) => Work.Every(Often, Run, stop, atStart: true);

    public async Task Run(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Orphans>().Revoke(null, Words.Get("trust.post-over"), cancel);
    }
}
