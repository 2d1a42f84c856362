using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Broadcasting.Orders;

/// <summary>Takes out of orders and programmes what no speaker would play any more, because the key that approved it was revoked.</summary>
sealed class TakeOutRevoked(BroadcastingDb db, IReleases releases, TimeProvider clock) : IHear<RevocationsChanged>
{
    public async Task Hear(RevocationsChanged news, Guid key, CancellationToken cancel)
    {
        var now = clock.Moment();
        var open = (await db.OrdersBetween(now, DateTimeOffset.MaxValue, cancel)).Where(a => a.Until > now).ToList();
        var bulletins = await releases.Find([.. open.Select(a => a.BulletinId).Distinct()], cancel);
        foreach (var order in open)
            if (
                bulletins.GetValueOrDefault(order.BulletinId) is { } bulletin
                && await releases.Fault(bulletin, [.. order.Units], cancel) is { IsRevoked: true } fault
            )
                await Stop(order, fault.Sentence, cancel);
        foreach (var programme in await db.Programmes(cancel))
            await LeaveOut(programme, cancel);
    }

    async Task LeaveOut(Programme programme, CancellationToken cancel)
    {
        Guid[] items = [.. programme.Plan.Items.Select(item => item.Bulletin).Distinct()];
        foreach (var bulletin in (await releases.Find(items, cancel)).Values)
            if (await releases.Fault(bulletin, [.. programme.Plan.Units], cancel) is { IsRevoked: true } fault)
                await db.Atomically(
                    async () =>
                    {
                        // Told twice, or stopped by a leader meanwhile: once is enough.
                        foreach (
                            var found in (await db.ProgrammesWith(bulletin.BulletinId, cancel)).Where(p =>
                                p.Case.Id == programme.Case.Id
                            )
                        )
                            await db.LeaveOut(
                                found,
                                bulletin.BulletinId,
                                Words.Get("broadcast.taken-out", fault.Sentence),
                                Actor.Server,
                                clock.Moment(),
                                cancel
                            );
                    },
                    cancel
                );
    }

    Task Stop(BroadcastOrder order, string fault, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                // Told twice, or stopped by a leader meanwhile: once is enough.
                if (
                    await db.Find(BroadcastProcedure.Definition, order.Id, cancel) is not { } found
                    || !found.Allows(BroadcastProcedure.Stop)
                )
                    return;
                await db.Move(
                    found,
                    BroadcastProcedure.Stop,
                    new(Comment: Words.Get("broadcast.taken-out", fault)),
                    Actor.Server,
                    clock.Moment(),
                    cancel
                );
            },
            cancel
        );
}
