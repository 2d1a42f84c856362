using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Broadcasting.Follow;

/// <summary>Tells what became of each broadcast, once: as soon as nothing more is expected of any speaker, or its time has run out.</summary>
sealed class TellOutcomes(IServiceScopeFactory scopes, TimeProvider clock, BackgroundWork<TellOutcomes> work)
    : LeaderLoop<TellOutcomes>("broadcasting.tell-outcomes", work)
{
    static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    // What ended longer ago, while no server ran, is nobody's news.
    static readonly TimeSpan IsNews = TimeSpan.FromDays(1);

    protected override Task Loop(CancellationToken stop) => Work.Every(Often, Tell, stop);

    internal async Task Tell(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BroadcastingDb>();
        var plays = scope.ServiceProvider.GetRequiredService<IPlays>();
        var now = clock.Moment();
        foreach (var order in await db.OrdersBetween(now - IsNews, now, cancel, onlyUntold: true))
            switch (order.StateAt(now, BroadcastProcedure.Ordered, await plays.Outline(order.Id, cancel)))
            {
                case BroadcastProcedure.Over:
                    await Tell(db, order, BroadcastEnding.Played, await plays.Tally(order.Id, cancel), cancel);
                    break;
                case BroadcastProcedure.Expired or BroadcastProcedure.Failed:
                    await Tell(db, order, BroadcastEnding.Unheard, await plays.Tally(order.Id, cancel), cancel);
                    break;
                default:
                    // Speakers still play it, or are to.
                    break;
            }
    }

    Task Tell(
        BroadcastingDb db,
        BroadcastOrder order,
        BroadcastEnding ending,
        PlayTally tally,
        CancellationToken cancel
    ) =>
        db.Atomically(
            async () =>
            {
                var now = clock.Moment();
                var told = await db
                    .Occurrences.Where(o => o.Id == order.OccurrenceId && o.ToldAt == null)
                    .ExecuteUpdateAsync(o => o.SetProperty(x => x.ToldAt, now), cancel);
                var standing = await db.Find(BroadcastProcedure.Definition, order.Id, cancel);
                // Somebody stopped it meanwhile, and that was told.
                if (told == 0 || standing is not { State: BroadcastProcedure.Ordered })
                    return;
                db.Announce(
                    new BroadcastEnded(order.Id, order.BulletinId, ending, now, tally.At(PlayStage.Heard), tally.Total)
                );
                foreach (var notice in MissedNotices.Of(order, standing, tally, now))
                    db.Announce(notice);
            },
            cancel
        );
}
