using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Broadcasting.Programmes;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Timetable;

/// <summary>Answers what each speaker is to hear.</summary>
sealed class Timetables(BroadcastingDb db, AirQuestions questions) : ITimetables
{
    public async ValueTask<IReadOnlyDictionary<Guid, IReadOnlyList<TimetableEntry>>> For(
        IReadOnlyDictionary<Guid, IReadOnlyList<Guid>> pathsBySpeaker,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    )
    {
        var asked = await questions.Between(from, to, pathsBySpeaker.Values.SelectMany(p => p).ToHashSet(), cancel);
        // Places of which the same is said hear the same: the timeline is made once for them all.
        var timelines = new Dictionary<string, IReadOnlyList<TimetableEntry>>(StringComparer.Ordinal);
        return pathsBySpeaker.ToDictionary(s => s.Key, s => Entries(s.Key, s.Value));

        IReadOnlyList<TimetableEntry> Entries(Guid speaker, IReadOnlyList<Guid> path)
        {
            var place = AirPlace.At(speaker, path);
            var key = place.KeyOf(asked.Question.Speaks);
            if (!timelines.TryGetValue(key, out var entries))
                timelines[key] = entries = Make(place);
            return entries;
        }

        TimetableEntry[] Make(AirPlace place)
        {
            var (told, fates) = Timeline.Tell(place, asked.Question);
            var reasons = fates.ToDictionary(f => f.Candidate.Id, f => f.Because);
            return [.. told.Where(t => t.Until > from && t.Start < to).Select(t => Entry(t, reasons[t.Candidate.Id]))];
        }

        TimetableEntry Entry(ToldItem told, string reason)
        {
            var item = asked.Items[told.Candidate.Id][told.Part];
            return new(
                item.Id,
                item.BroadcastId,
                item.Bulletin,
                told.Start,
                told.Until,
                Now: told.IsWhole,
                Words.Get("timetable.because." + reason)
            )
            {
                Resume = told.GoesOn,
            };
        }
    }

    public async ValueTask<IReadOnlyDictionary<Guid, OrderedItem>> Ordered(
        IReadOnlyCollection<Guid> items,
        DateTimeOffset from,
        DateTimeOffset to,
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
        return rows.Select(row => Ordered(row.Id, BroadcastOrder.From(row.Case)))
            .Concat(await Planned(items.Except(rows.Select(row => row.Id)).ToHashSet(), from, to, cancel))
            .ToDictionary(item => item.Id);
    }

    static OrderedItem Ordered(Guid id, BroadcastOrder order) =>
        new(id, order.Id, order.BulletinId, order.Title, order.Units, order.Start, order.Until, order.Duration);

    async Task<IEnumerable<OrderedItem>> Planned(
        IReadOnlySet<Guid> items,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    ) =>
        items.Count == 0
            ? []
            : from programme in await db.Programmes(cancel, stoppedAfter: @from)
            // In a session it may be heard some hours after it asked to be.
            from occurrence in programme.Between(@from.AddDays(-1), to)
            from item in occurrence.Items()
            where items.Contains(item.Id)
            select new OrderedItem(
                item.Id,
                item.Id,
                item.Item.Bulletin,
                item.Item.Title,
                occurrence.Plan.Units,
                occurrence.Start,
                occurrence.OverAt,
                item.Item.Length
            );
}
