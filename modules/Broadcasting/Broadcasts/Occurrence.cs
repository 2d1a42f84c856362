using System.Text.Json.Nodes;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>
/// One time at which a broadcast is heard: what a speaker's timetable lists and its record proves. An order of today has one; it
/// is what is looked for when somebody asks what sounds between two moments.
/// </summary>
sealed class Occurrence
{
    /// <summary>What speakers are told; of a broadcast ordered before occurrences had ids, that of the broadcast.</summary>
    public required Guid Id { get; init; }
    public required Guid BroadcastId { get; init; }
    public required DateTimeOffset Start { get; init; }

    /// <summary>What began last is over.</summary>
    public required DateTimeOffset OverAt { get; init; }

    /// <summary>When it was told what became of it.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    public static Occurrence Of(BroadcastOrder order) =>
        new()
        {
            Id = order.OccurrenceId,
            BroadcastId = order.Id,
            Start = order.Start,
            OverAt = order.OverAt,
        };
}

/// <summary>Keeps the occurrences beside the broadcasts they belong to.</summary>
static class Occurrences
{
    const int Together = 1_000;

    /// <summary>The broadcasts of before have one each, under their own id: what speakers hold and have proved stays what it is.</summary>
    public static readonly MigrationStep Step = MigrationStep.On<BroadcastingDb>("Broadcasting/occurrences", Fill);

    /// <summary>Opens the case of a broadcast together with its occurrence and those who know of it.</summary>
    public static async Task<Case> Order(
        this BroadcastingDb db,
        BroadcastOrder order,
        Guid unit,
        JsonObject patch,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        db.Add(Occurrence.Of(order));
        var opened = await db.Open(
            BroadcastProcedure.Definition,
            order.Id,
            unit,
            BroadcastProcedure.Order,
            new(patch),
            actor,
            now,
            cancel
        );
        db.AddRange(Audience.Of(Broadcast.Of(opened)));
        return opened;
    }

    /// <summary>The orders in force that are heard at some moment between two, however long ago they were given.</summary>
    /// <param name="onlyUntold">Those of which was not told yet what became of them.</param>
    public static async Task<BroadcastOrder[]> OrdersBetween(
        this BroadcastingDb db,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel,
        bool onlyUntold = false
    )
    {
        var rows = await (
            from o in db.Occurrences
            where o.Start < to && o.OverAt > @from && (!onlyUntold || o.ToldAt == null)
            join c in db.Cases.AsNoTracking() on o.BroadcastId equals c.Id
            where c.Procedure == BroadcastProcedure.Definition.Name && c.State == BroadcastProcedure.Ordered
            select c
        ).ToListAsync(cancel);
        return [.. rows.DistinctBy(row => row.Id).Select(BroadcastOrder.From)];
    }

    static async Task Fill(BroadcastingDb db, CancellationToken cancel)
    {
        var rows = await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == BroadcastProcedure.Definition.Name)
            .ToListAsync(cancel);
        foreach (var some in rows.Select(BroadcastOrder.From).Select(Occurrence.Of).Chunk(Together))
            await db.Insert(some, cancel);
    }
}
