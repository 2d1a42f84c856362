using Microsoft.Data.Sqlite;

namespace Loa.Kills;

/// <summary>What the database files of a server hold that was killed again and again.</summary>
sealed class KilledFiles(string data)
{
    public async Task EachRecordIsThereOnce(IReadOnlyCollection<Guid> ordered, CancellationToken cancel)
    {
        // Numbers without a gap or a repetition for each speaker, and one whole play of each broadcast on each.
        Assert.Equal(
            0L,
            await Count(
                """SELECT COUNT(*) FROM (SELECT "SpeakerId" FROM "Records" GROUP BY "SpeakerId", "Kid" HAVING COUNT(*) <> MAX("Seq") OR COUNT(DISTINCT "Seq") <> COUNT(*))""",
                cancel
            )
        );
        var heard = $"""FROM "Records" WHERE "Outcome" = 0 AND "BroadcastId" IN ({Texts(ordered)})""";
        Assert.Equal(ordered.Count * 3L, await Count($"SELECT COUNT(*) {heard}", cancel));
        Assert.Equal(
            ordered.Count * 3L,
            await Count($"""SELECT COUNT(*) FROM (SELECT DISTINCT "SpeakerId", "BroadcastId" {heard})""", cancel)
        );
    }

    // What an act means for others was stored with it, whenever the server died.
    public async Task EachActIsNews(CancellationToken cancel)
    {
        Assert.Equal(
            await Count("""SELECT COUNT(*) FROM "Acts" WHERE "Move" = 'withdraw'""", cancel, "newsroom"),
            await Count(
                """SELECT COUNT(*) FROM "Announcements" WHERE "Type" = 'bulletin-withdrawn'""",
                cancel,
                "newsroom"
            )
        );
        Assert.Equal(
            await Count("""SELECT COUNT(*) FROM "Acts" WHERE "Move" = 'move'""", cancel),
            await Count("""SELECT COUNT(*) FROM "Announcements" WHERE "Type" = 'speaker-moved'""", cancel)
        );
        foreach (var module in new[] { "newsroom", "broadcasting", "devices" })
            await RunningServer.Until(
                async () =>
                    await Count("""SELECT COUNT(*) FROM "Announcements" WHERE "DoneAt" IS NULL""", cancel, module) == 0,
                $"all news of {module} is heard"
            );
    }

    public async Task NothingWithdrawnIsOnATimetable(IEnumerable<Guid> withdrawn, CancellationToken cancel)
    {
        foreach (var broadcast in withdrawn)
            Assert.Equal(
                0L,
                await Count(
                    $"""
                    SELECT COUNT(*) FROM "Timetables" t JOIN "ItemLists" l ON l."Digest" = t."Content"
                    WHERE l."Items" LIKE '%{broadcast}%'
                    """,
                    cancel
                )
            );
        await RunningServer.Until(
            async () =>
                await Count(
                    """
                    SELECT COUNT(*) FROM "Speakers" s JOIN "Timetables" t ON t."SpeakerId" = s."Id"
                    WHERE s."TimetableHeld" <> t."Version" OR s."PlacementHeld" <> s."PlacementVersion"
                    """,
                    cancel
                ) == 0,
            "each speaker holds its timetable and its place",
            seconds: 120
        );
    }

    static string Texts(IEnumerable<Guid> ids) =>
        string.Join(", ", ids.Select(id => $"'{id.ToString().ToUpperInvariant()}'"));

    // As somebody would who holds the database file: the trigger away, one letter of one act changed.
    public async Task<string> TamperWithOneByte(CancellationToken cancel)
    {
        await using var db = await Open("newsroom", cancel);
        await using var command = db.CreateCommand();
        command.CommandText = """
            DROP TRIGGER "Acts_stay";
            UPDATE "Acts" SET "Patch" = replace("Patch", 'Tin ngắn', 'Tin ngấn') WHERE "Move" = 'write' AND "Patch" LIKE '%Tin ngắn%';
            SELECT "Id" FROM "Acts" WHERE "Patch" LIKE '%Tin ngấn%';
            """;
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    async Task<long> Count(string sql, CancellationToken cancel, string module = "devices")
    {
        await using var db = await Open(module, cancel);
        await using var command = db.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    async Task<SqliteConnection> Open(string module, CancellationToken cancel)
    {
        var db = new SqliteConnection($"Data Source={Path.Combine(data, "db", module + ".db")};Pooling=False");
        await db.OpenAsync(cancel);
        return db;
    }
}
