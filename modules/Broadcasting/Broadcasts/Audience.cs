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

    /// <summary>Its class.</summary>
    public required string Kind { get; init; }

    /// <summary>The officer who ordered it.</summary>
    public required Guid MadeBy { get; init; }

    public static IEnumerable<Audience> Of(Broadcast broadcast) =>
        broadcast
            .Units.Concat(broadcast.Concerned)
            .Distinct()
            .Select(unit => new Audience
            {
                UnitId = unit,
                At = broadcast.Case.OpenedAt,
                BroadcastId = broadcast.Case.Id,
                Kind = broadcast.Case.Text("class"),
                MadeBy = broadcast.Case.OpenedBy,
            });
}

/// <summary>A broadcast of a list.</summary>
sealed class Listed
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Kind { get; init; }
    public required Guid MadeBy { get; init; }
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
    /// <param name="units">Only those ordered by posts of these, or for them; null for all.</param>
    public static IQueryable<Listed> Known(this BroadcastingDb db, Reach around, IReadOnlyList<Guid>? units = null)
    {
        if (around.Everywhere && units is null)
            return db
                .Cases.Where(c => c.Procedure == BroadcastProcedure.Definition.Name)
                .Select(c => new Listed
                {
                    Id = c.Id,
                    At = c.OpenedAt,
                    Kind = c.Kind,
                    MadeBy = c.OpenedBy,
                });
        var known = db.Audiences.InSight(around, some => a => some.Contains(a.UnitId));
        if (units is not null)
            known = known.Where(a => units.Contains(a.UnitId));
        return known
            .Select(a => new Listed
            {
                Id = a.BroadcastId,
                At = a.At,
                Kind = a.Kind,
                MadeBy = a.MadeBy,
            })
            .Distinct();
    }

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
