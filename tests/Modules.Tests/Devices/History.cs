using System.Globalization;
using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

/// <summary>
/// Years of a province, written in one go: what each speaker played, proved and was told to do. Shared by the tests and by
/// bench/years; everything is over, and nothing of it should cost an order anything.
/// </summary>
static class History
{
    /// <summary>Speakers that are registered count as enrolled from now on, so that an order is for them.</summary>
    public static Task<int> EnrolAll(DevicesDb db, int most) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE "Speakers" SET "State" = 'enrolled', "Kid" = "Serial", "PlacementVersion" = 1
            WHERE "Id" IN (SELECT "Id" FROM "Speakers" WHERE "State" = 'registered' AND "MadeUp" ORDER BY "Serial" LIMIT {most})
            """
        );

    /// <param name="first">The number of the first item, above all that were written before.</param>
    /// <param name="items">So many for each speaker, four hours apart, the last a week ago.</param>
    public static async Task Write(DevicesDb db, int first, int items, DateTimeOffset now)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        if (!db.Database.IsSqlite())
        {
            foreach (var sql in Postgres(first, items, now))
                await db.Database.ExecuteSqlRawAsync(sql);
            return;
        }
        // The indexes of ten million rows grow in memory.
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size = -800000");
        foreach (var sql in Sqlite(first, items, now))
            await db.Database.ExecuteSqlRawAsync(sql);
        await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size = -2000; PRAGMA wal_checkpoint(TRUNCATE);");
        await db.Database.CloseConnectionAsync();
    }

    static string[] Sqlite(int first, int items, DateTimeOffset now)
    {
        // Speaker by speaker, as their rows stand in the tables.
        var numbers = $"""
            WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {first + items - 1}),
            m(i, item) AS MATERIALIZED (SELECT i, printf('%08X-0000-7000-8000-%012X', i, i) FROM n)
            """;
        const string item = "m.item";
        var own = "printf('%08X-%04X-7000-8000-', i, s.rowid) || substr(s.\"Id\", -12)";
        var at = string.Create(
            CultureInfo.InvariantCulture,
            $"{now.AddDays(-7).UtcTicks} - i * {TimeSpan.FromHours(4).Ticks}"
        );
        return
        [
            $"""
                {numbers} INSERT INTO "Plays" ("SpeakerId", "ItemId", "BroadcastId", "Title", "Stage", "At", "Start", "OverAt", "StartedAt", "EndedAt", "LateMs", "Decided", "SilentMs")
                SELECT s."Id", {item}, {item}, 'Tin cũ', 4, {at}, {at}, {at} + 600000000, {at}, {at}, 0, 1, 0
                FROM "Speakers" s CROSS JOIN m WHERE s."State" = 'enrolled'
                """,
            $"""
                {numbers} INSERT INTO "Records" ("SpeakerId", "Kid", "Seq", "Digest", "Jws", "At", "Kind", "ItemId", "BroadcastId", "Outcome", "StoredAt")
                SELECT s."Id", 'old', i, '', hex(zeroblob(400)), {at}, 0, {item}, {item}, 0, {at}
                FROM "Speakers" s CROSS JOIN m WHERE s."State" = 'enrolled' AND i % 10 = 0
                """,
            $$"""
                {{numbers}} INSERT INTO "Commands" ("Id", "SpeakerId", "Name", "Args", "By", "OrderedAt", "Deadline", "Stage", "Expires", "LogHeld")
                SELECT {{own}}, s."Id", 'identify', char(123, 125), '', {{at}}, {{at}}, CASE WHEN i % 50 = 0 THEN 0 ELSE 3 END, {{at}}, 0
                FROM "Speakers" s CROSS JOIN m WHERE s."State" = 'enrolled' AND i % 10 = 0
                """,
        ];
    }

    static string[] Postgres(int first, int items, DateTimeOffset now)
    {
        // Speaker by speaker, as on SQLite; a planner might turn the two round.
        var from = $"""
            FROM "Speakers" s CROSS JOIN LATERAL (
                SELECT i FROM generate_series({first}, {first + items - 1}) AS i WHERE s."State" = 'enrolled' OFFSET 0
            ) AS n WHERE s."State" = 'enrolled'
            """;
        const string item = "md5('item' || i)::uuid";
        var at = string.Create(
            CultureInfo.InvariantCulture,
            $"timestamptz '{now.AddDays(-7):yyyy-MM-dd HH:mm:ss}+00' - i * interval '4 hours'"
        );
        return
        [
            $"""
                INSERT INTO "Plays" ("SpeakerId", "ItemId", "BroadcastId", "Title", "Stage", "At", "Start", "OverAt", "StartedAt", "EndedAt", "LateMs", "Decided", "SilentMs")
                SELECT s."Id", {item}, {item}, 'Tin cũ', 4, {at}, {at}, {at} + interval '1 minute', {at}, {at}, 0, true, 0 {from}
                """,
            $"""
                INSERT INTO "Records" ("SpeakerId", "Kid", "Seq", "Digest", "Jws", "At", "Kind", "ItemId", "BroadcastId", "Outcome", "StoredAt")
                SELECT s."Id", 'old', i, '', repeat('0', 800), {at}, 0, {item}, {item}, 0, {at} {from} AND i % 10 = 0
                """,
            $$"""
                INSERT INTO "Commands" ("Id", "SpeakerId", "Name", "Args", "By", "OrderedAt", "Deadline", "Stage", "Expires", "LogHeld")
                SELECT md5(s."Id"::text || i)::uuid, s."Id", 'identify', chr(123) || chr(125), '', {{at}}, {{at}}, CASE WHEN i % 50 = 0 THEN 0 ELSE 3 END, {{at}}, 0 {{from}} AND i % 10 = 0
                """,
        ];
    }
}
