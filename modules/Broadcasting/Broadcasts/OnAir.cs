using Loa.Broadcasting.Data;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>Answers the other modules' questions about what is on the air.</summary>
sealed class OnAir(BroadcastingDb db, IPlays plays, TimeProvider clock) : IOnAir
{
    public async ValueTask<int> SpeakersOf(Guid bulletinId, CancellationToken cancel)
    {
        var orders = await db.OrdersBetween(clock.Moment(), DateTimeOffset.MaxValue, cancel);
        Guid[] its = [.. orders.Where(a => a.BulletinId == bulletinId).Select(a => a.Id)];
        return its.Length == 0 ? 0 : await plays.StillToCome(its, cancel);
    }
}
