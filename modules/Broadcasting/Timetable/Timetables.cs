using Loa.Broadcasting.Airtime;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Timetable;

/// <summary>Answers what each speaker is to hear.</summary>
sealed class Timetables(BroadcastingDb db, IReleases releases) : ITimetables
{
    public async ValueTask<IReadOnlyDictionary<Guid, IReadOnlyList<TimetableEntry>>> For(
        IReadOnlyDictionary<Guid, IReadOnlyList<Guid>> pathsBySpeaker,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    )
    {
        BroadcastOrder[] orders = [.. (await db.OrdersBetween(from, to, cancel)).Where(a => a.Until > from)];
        // What was withdrawn meanwhile is not aired, whoever ordered it.
        var bulletins = await releases.Find([.. orders.Select(a => a.BulletinId).Distinct()], cancel);
        var inForce = orders.Where(a => bulletins.ContainsKey(a.BulletinId)).ToDictionary(a => a.OccurrenceId);
        var question = AirQuestion.Of(
            inForce.Values.Select(TodaysOrder.AsCandidate),
            AirPolicies.None,
            [],
            VietnamTime.Zone,
            from,
            to
        );

        var timelines = new Dictionary<string, IReadOnlyList<TimetableEntry>>(StringComparer.Ordinal);
        return pathsBySpeaker.ToDictionary(s => s.Key, s => Entries(s.Key, s.Value));

        // Speakers of one hamlet hear the same: the timeline is made once for each path.
        IReadOnlyList<TimetableEntry> Entries(Guid speaker, IReadOnlyList<Guid> path)
        {
            var key = string.Join('/', path);
            if (!timelines.TryGetValue(key, out var entries))
                timelines[key] = entries = Make(AirPlace.At(speaker, path));
            return entries;
        }

        TimetableEntry[] Make(AirPlace place)
        {
            var (told, fates) = Timeline.Tell(place, question);
            var reasons = fates.ToDictionary(f => f.Candidate.Id, f => f.Because);
            return [.. told.Select(t => Entry(t, inForce[t.Candidate.Id], reasons[t.Candidate.Id]))];
        }

        TimetableEntry Entry(ToldItem item, BroadcastOrder order, string reason) =>
            new(
                item.Candidate.Id,
                order.Id,
                bulletins[order.BulletinId],
                item.Start,
                item.Until,
                Now: item.IsWhole,
                Words.Get("timetable.because." + reason)
            );
    }

    public async ValueTask<IReadOnlyDictionary<Guid, OrderedItem>> Ordered(
        IReadOnlyCollection<Guid> items,
        CancellationToken cancel
    )
    {
        var rows = await (
            from o in db.Occurrences
            where items.Contains(o.Id)
            join c in db.Cases.AsNoTracking() on o.BroadcastId equals c.Id
            where c.Procedure == BroadcastProcedure.Definition.Name
            select new { o.Id, Case = c }
        ).ToListAsync(cancel);
        return rows.Select(row => (row.Id, Order: BroadcastOrder.From(row.Case)))
            .ToDictionary(
                o => o.Id,
                o => new OrderedItem(
                    o.Id,
                    o.Order.Id,
                    o.Order.BulletinId,
                    o.Order.Title,
                    o.Order.Units,
                    o.Order.Start,
                    o.Order.Until,
                    o.Order.Duration
                )
            );
    }
}
