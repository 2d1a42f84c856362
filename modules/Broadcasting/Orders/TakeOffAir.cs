using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Kernel;

namespace Loa.Broadcasting.Orders;

/// <summary>
/// A bulletin was withdrawn: every order of it that may still be heard is taken off the air, and each programme goes on without it,
/// in the name of who withdrew it.
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
                ActingOfficer By(Guid unit) => new(news.PostId, news.OfficerId, news.By, unit);
                foreach (
                    var order in (await db.OrdersBetween(now, DateTimeOffset.MaxValue, cancel)).Where(a =>
                        a.BulletinId == news.BulletinId
                    )
                )
                {
                    var broadcast = (await db.Find(BroadcastProcedure.Definition, order.Id, cancel))!;
                    await db.Move(broadcast, BroadcastProcedure.Withdraw, deed, By(broadcast.UnitId), now, cancel);
                }
                foreach (var programme in await db.ProgrammesWith(news.BulletinId, cancel))
                    await db.LeaveOut(programme, news.BulletinId, news.Why, By(programme.Case.UnitId), now, cancel);
            },
            cancel
        );
}
