using Loa.Broadcasting.Broadcasts;
using Loa.Contracts.Newsroom;

namespace Loa.Broadcasting.Timetable;

/// <summary>A leader's order of today as one who asks for the air.</summary>
/// <remarks>It stands by when it was given, whatever level gave it: speakers on which it waits know no level.</remarks>
static class TodaysOrder
{
    public static AirCandidate AsCandidate(this BroadcastOrder order) =>
        new(
            order.OccurrenceId,
            order.Class,
            order.Units,
            order.Start,
            order.Until,
            [new(order.BulletinId, order.Duration, DateTimeOffset.MaxValue)]
        )
        {
            Timing = AirTiming.Now,
            IsWhole = true,
        };

    public static (AirCandidate, IReadOnlyList<AskedItem>) Asks(this BroadcastOrder order, ReleasedBulletin bulletin) =>
        (order.AsCandidate(), [new(order.OccurrenceId, order.Id, bulletin)]);
}
