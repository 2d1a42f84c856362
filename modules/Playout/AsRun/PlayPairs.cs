using System.Text.Json;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.AsRun;

/// <summary>Finds the plays of these items on these speakers, each by its key: what speakers played in years is not touched.</summary>
static class PlayPairs
{
    public static IQueryable<Play> PlaysOf(this PlayoutDb db, IReadOnlyCollection<(Guid Speaker, Guid Item)> wanted)
    {
        // No planner may choose here: the pairs lead, and each finds at most one row.
        if (db.Database.IsSqlite())
        {
            var pairs = JsonSerializer.Serialize(wanted.Select(w => new[] { Text(w.Speaker), Text(w.Item) }));
            return db.Plays.FromSql(
                $"""
                SELECT p.* FROM json_each({pairs}) AS w CROSS JOIN "Plays" AS p
                WHERE p."SpeakerId" = w.value ->> 0 AND p."ItemId" = w.value ->> 1
                """
            );
        }
        Guid[] speakers = [.. wanted.Select(w => w.Speaker)];
        Guid[] items = [.. wanted.Select(w => w.Item)];
        return db.Plays.FromSql(
            $"""
            SELECT p.* FROM unnest({speakers}, {items}) AS w("Speaker", "Item")
            CROSS JOIN LATERAL (
                SELECT * FROM "Plays" WHERE "SpeakerId" = w."Speaker" AND "ItemId" = w."Item" LIMIT 1
            ) AS p
            """
        );
    }

    // As SQLite's columns hold it.
    static string Text(Guid id) => id.ToString("D").ToUpperInvariant();
}
