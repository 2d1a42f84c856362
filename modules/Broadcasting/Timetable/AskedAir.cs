using Loa.Broadcasting.Airtime;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Broadcasting.Programmes;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Kernel;

namespace Loa.Broadcasting.Timetable;

/// <summary>One sound of a candidate as it is told: under which id, what it belongs to, and what is heard.</summary>
sealed record AskedItem(Guid Id, Guid BroadcastId, ReleasedBulletin Bulletin);

/// <summary>All that asks for the air between two moments, and what decides about it.</summary>
/// <param name="Items">By candidate, in the order of its parts.</param>
sealed record AskedAir(AirQuestion Question, IReadOnlyDictionary<Guid, IReadOnlyList<AskedItem>> Items);

/// <summary>Gathers what asks for the air: the orders of today, and what the programmes bring.</summary>
sealed class AirQuestions(BroadcastingDb db, IReleases releases, IUnits units, PolicyQueries policies)
{
    /// <param name="at">Only what is meant for one of these units.</param>
    /// <param name="besides">An order that is only thought of.</param>
    public async Task<AskedAir> Between(
        DateTimeOffset from,
        DateTimeOffset to,
        IReadOnlySet<Guid> at,
        CancellationToken cancel,
        BroadcastOrder? besides = null
    )
    {
        // Whole days, and one more on either side: when somebody asks must not change where a session begins or ends.
        var first = VietnamTime.StartOf(VietnamTime.DayOf(from).AddDays(-1));
        var last = VietnamTime.StartOf(VietnamTime.DayOf(to).AddDays(2));
        var orders = (await db.OrdersBetween(from, to, cancel))
            .Where(order => order.Until > from && order.Units.Any(at.Contains))
            .ToList();
        var occurrences = (await db.Programmes(cancel))
            .Where(programme => programme.Plans.Any(plan => plan.Units.Any(at.Contains)))
            .SelectMany(programme => programme.Between(first, last))
            .ToList();
        // What was withdrawn meanwhile is not aired, whoever ordered it.
        var bulletins = await releases.Find(
            [
                .. orders
                    .Select(order => order.BulletinId)
                    .Concat(occurrences.SelectMany(o => o.Plan.Items.Select(item => item.Bulletin)))
                    .Distinct(),
            ],
            cancel
        );
        var tree = await units.Today(cancel);
        var asked = orders
            .Where(order => bulletins.ContainsKey(order.BulletinId))
            .Select(order => order.Asks(bulletins[order.BulletinId]))
            .Concat(occurrences.Select(o => o.Asks(bulletins, tree)).OfType<(AirCandidate, IReadOnlyList<AskedItem>)>())
            .ToList();
        var candidates = asked.Select(a => a.Item1);
        if (besides is not null)
            candidates = candidates.Append(besides.AsCandidate());
        return new(
            AirQuestion.Of(candidates, await policies.All(cancel), [], VietnamTime.Zone, first, last),
            asked.ToDictionary(a => a.Item1.Id, a => a.Item2)
        );
    }
}
