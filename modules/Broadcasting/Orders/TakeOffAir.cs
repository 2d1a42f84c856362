using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Kernel;

namespace Loa.Broadcasting.Orders;

/// <summary>
/// A bulletin was withdrawn: every order of it that may still be heard is taken off the air, in the name of who withdrew it.
/// </summary>
/// <remarks>Heard twice it finds no such order any more.</remarks>
sealed class TakeOffAir(BroadcastingDb db, TimeProvider clock) : IHear<BulletinWithdrawn>
{
    public Task Hear(BulletinWithdrawn news, Guid key, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                var now = clock.Moment();
                var deed = new Deed(Comment: news.Why);
                foreach (
                    var order in (await db.OrdersBetween(now, DateTimeOffset.MaxValue, cancel)).Where(a =>
                        a.BulletinId == news.BulletinId
                    )
                )
                {
                    var broadcast = (await db.Find(BroadcastProcedure.Definition, order.Id, cancel))!;
                    var actor = new ActingOfficer(news.PostId, news.OfficerId, news.By, broadcast.UnitId);
                    await db.Move(broadcast, BroadcastProcedure.Withdraw, deed, actor, now, cancel);
                }
            },
            cancel
        );
}
