using Loa.Broadcasting.Broadcasts;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Notices;
using Loa.Kernel;

namespace Loa.Broadcasting.Follow;

/// <summary>
/// What people learn of a broadcast that many speakers did not play: who ordered it that it was so, the technicians of the unit that
/// these speakers need a look. For them one notice of a unit waits at a time, until a broadcast there is played as it should be.
/// </summary>
static class MissedNotices
{
    /// <summary>Leaders learn that nobody heard what they ordered.</summary>
    static readonly NoticeKind unheard = new(
        "broadcast-unheard",
        BroadcastingRights.OrderBroadcasts,
        Icon: "alert-triangle"
    );

    static readonly NoticeKind missed = new(
        "broadcast-missed",
        BroadcastingRights.OrderBroadcasts,
        Icon: "alert-triangle"
    );

    static readonly NoticeKind speakers = new(
        "speakers-missed",
        DevicesRights.ClaimSpeakers,
        MustAct: true,
        "alert-triangle"
    );

    public static readonly IReadOnlyList<NoticeKind> Kinds = [unheard, missed, speakers];

    public static IEnumerable<NoticeRaised> Of(BroadcastOrder order, Case standing, PlayTally tally, DateTimeOffset now)
    {
        var (isHeard, missing) = (tally.At(PlayStage.Heard) + tally.At(PlayStage.Cut) > 0, Missing(tally));
        var news = new NoticeRaised(
            unheard.Name,
            order.Id,
            standing.UnitId,
            $"/broadcasts/{order.Id}",
            order.Title,
            now
        )
        {
            Detail = isHeard ? $"{missing}/{tally.Total}" : $"{tally.Total}",
        };
        if (!isHeard)
            yield return news;
        else if (AreMany(missing, tally))
            yield return news with
            {
                Kind = missed.Name,
                OnlyFor = standing.OpenedBy,
            };
        yield return news with
        {
            Kind = AreMany(missing, tally) ? speakers.Name : NoticeRaised.Settled,
            About = NamedId.Of($"{speakers.Name} {standing.UnitId}"),
            Detail = $"{missing}/{tally.Total}",
            AtUnitOnly = true,
        };
    }

    // What was stopped, or gave way to something more pressing, is nobody's fault.
    static int Missing(PlayTally tally) =>
        tally.Total - tally.At(PlayStage.Heard) - tally.At(PlayStage.Cut) - tally.At(PlayStage.Stopped);

    // Some speaker is away on each day.
    static bool AreMany(int missing, PlayTally tally) => missing * 5 > tally.Total;
}
