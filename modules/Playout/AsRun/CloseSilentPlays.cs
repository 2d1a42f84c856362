using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Playout.AsRun;

/// <summary>A play that is over and of which no record came counts as failed, until a record says otherwise.</summary>
sealed class CloseSilentPlays(
    IServiceScopeFactory scopes,
    BulkWriteLock lane,
    LiveBells bells,
    TimeProvider clock,
    BackgroundWork<CloseSilentPlays> work
) : LeaderLoop<CloseSilentPlays>("devices.close-silent-plays", work)
{
    const int Batch = 1_000;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    protected override Task Loop(CancellationToken stop) => Work.Every(TimeSpan.FromSeconds(30), CloseAll, stop);

    async Task CloseAll(CancellationToken cancel)
    {
        while (await Close(cancel) == Batch) { }
    }

    internal async Task<int> Close(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlayoutDb>();
        var now = clock.Moment();
        var limit = now - Patience;
        var closed = await lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var silent = await db
                            .Plays.Where(p => p.Stage < PlayStage.Heard && p.OverAt < limit)
                            .OrderBy(p => p.OverAt)
                            .Take(Batch)
                            .ToListAsync(cancel);
                        foreach (var play in silent)
                            (play.Stage, play.Reason, play.At) = (PlayStage.Failed, PlayReasons.Unreported, now);
                        return silent;
                    },
                    cancel
                ),
            cancel
        );
        foreach (var broadcast in closed.Select(p => p.BroadcastId).Distinct())
            bells.Ring(BroadcastNames.Procedure, broadcast);
        return closed.Count;
    }
}
