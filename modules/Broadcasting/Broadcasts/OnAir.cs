using Loa.Broadcasting.Data;
using Loa.Broadcasting.Programmes;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>Answers the other modules' questions about what is on the air.</summary>
sealed class OnAir(BroadcastingDb db, IPlays plays, TimeProvider clock) : IOnAir
{
    public async ValueTask<int> SpeakersOf(Guid bulletinId, CancellationToken cancel)
    {
        var now = clock.Moment();
        var orders = await db.OrdersBetween(now, DateTimeOffset.MaxValue, cancel);
        // No speaker is told of more than a week.
        var planned =
            from programme in await db.ProgrammesWith(bulletinId, cancel)
            from occurrence in programme.Between(now.AddDays(-1), now.AddDays(8))
            from item in occurrence.Items()
            where item.Item.Bulletin == bulletinId
            select item.Id;
        Guid[] its = [.. orders.Where(a => a.BulletinId == bulletinId).Select(a => a.Id), .. planned];
        return its.Length == 0 ? 0 : await plays.StillToCome(its, cancel);
    }
}
