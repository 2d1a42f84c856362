using Loa.Broadcasting.Airings;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Kernel;

namespace Loa.Broadcasting.PlayNow;

/// <summary>
/// A bulletin was withdrawn: every order of it that may still be heard is taken off the air, in the name of who withdrew it.
/// </summary>
/// <remarks>Heard twice it finds no such order any more.</remarks>
sealed class TakeOffAir(BroadcastingDb db, TimeProvider clock) : IHear<BulletinWithdrawn>
{
    public Task Hear(BulletinWithdrawn news, Guid key, CancellationToken cancel) =>
        Take(
            airing => airing.BulletinId == news.BulletinId,
            unit => new(news.PostId, news.OfficerId, news.By, unit),
            news.Why,
            cancel
        );

    Task Take(Func<Airing, bool> hit, Func<Guid, Actor> actorFor, string why, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                var now = clock.Moment();
                foreach (var airing in (await db.OrdersBetween(now, DateTimeOffset.MaxValue, cancel)).Where(hit))
                {
                    var broadcast = await db.Find(BroadcastProcedure.Definition, airing.Id, cancel);
                    var actor = actorFor(broadcast!.UnitId);
                    await db.Move(
                        BroadcastProcedure.Definition,
                        airing.Id,
                        BroadcastProcedure.Withdraw,
                        new(Comment: why),
                        actor,
                        now,
                        cancel
                    );
                    db.Announce(new TimetableChanged(airing.Id, airing.Units));
                }
            },
            cancel
        );
}
