using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>A unit that knows of a broadcast: a post of it ordered it, or it was ordered for it.</summary>
sealed class Audience
{
    public required Guid UnitId { get; init; }

    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset At { get; init; }
    public required Guid BroadcastId { get; init; }

    public static IEnumerable<Audience> Of(Broadcast broadcast) =>
        broadcast
            .Units.Concat(broadcast.Concerned)
            .Distinct()
            .Select(unit => new Audience
            {
                UnitId = unit,
                At = broadcast.Case.OpenedAt,
                BroadcastId = broadcast.Case.Id,
            });
}

/// <summary>A broadcast of a list.</summary>
sealed class Listed
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Keeps beside the broadcasts who knows of them.</summary>
static class Audiences
{
    const int Together = 1_000;

    public static readonly MigrationStep Step = MigrationStep.On<BroadcastingDb>("Broadcasting/audiences", Fill);

    /// <summary>
    /// The broadcasts that somebody knows of, read from the index alone: those ordered by posts of his units, for one of them, or
    /// for a unit above it.
    /// </summary>
    /// <param name="around">His units and those above them.</param>
    public static IQueryable<Listed> Known(this BroadcastingDb db, Reach around) =>
        around.Everywhere
            ? db
                .Cases.Where(c => c.Procedure == BroadcastProcedure.Definition.Name)
                .Select(c => new Listed { Id = c.Id, At = c.OpenedAt })
            : db
                .Audiences.InSight(around, units => a => units.Contains(a.UnitId))
                .Select(a => new Listed { Id = a.BroadcastId, At = a.At })
                .Distinct();

    static async Task Fill(BroadcastingDb db, CancellationToken cancel)
    {
        var rows = await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == BroadcastProcedure.Definition.Name)
            .ToListAsync(cancel);
        foreach (
            var some in rows.Select(row => Broadcast.Of(Case.Of(BroadcastProcedure.Definition, row)))
                .SelectMany(Audience.Of)
                .Chunk(Together)
        )
            await db.Insert(some, cancel);
    }
}
