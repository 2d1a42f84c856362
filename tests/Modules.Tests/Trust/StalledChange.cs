using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Loa.Trust;

/// <summary>Holds a change of root up in the midst of its transaction: the next root is written, what goes with it is not yet.</summary>
/// <param name="postgres">The line to the server's database there; null on SQLite.</param>
sealed class StalledChange(string folder, string? postgres)
{
    // No database writes an act for so long of itself.
    const int LongSeconds = 1;
    const string OnSqlite = """
        CREATE TRIGGER "Stalled" AFTER INSERT ON "Acts" WHEN NEW."Move" = 'reissue' BEGIN
            SELECT COUNT(*) FROM "Acts" a, "Acts" b, "Acts" c, "Acts" d, "Acts" e, "Acts" f;
        END
        """;
    const string OnPostgres = """
        CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN NULL; END';
        CREATE TRIGGER "Stalled" AFTER INSERT ON "Acts" FOR EACH ROW WHEN (NEW."Move" = 'reissue') EXECUTE FUNCTION stall()
        """;
    const string Sleepers = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";

    public Task Begin() => Do(postgres is null ? OnSqlite : OnPostgres);

    public Task IsReached() =>
        RunningServer.Until(postgres is null ? IsHeld : Sleeps, "the change is in the midst of its transaction", 60);

    /// <summary>When the server was killed. PostgreSQL notices at the end of the sleep that nobody waits.</summary>
    public async Task End()
    {
        if (postgres is not null)
            await Do($"SELECT pg_terminate_backend(pid, 10000) {Sleepers}");
        await Do("""DROP TRIGGER "Stalled" """ + (postgres is null ? "" : """ON "Acts"; DROP FUNCTION stall()"""));
    }

    async Task<bool> Sleeps() => (long)(await Do($"SELECT COUNT(*) {Sleepers}"))! > 0;

    async Task<bool> IsHeld()
    {
        try
        {
            await Do("BEGIN IMMEDIATE; ROLLBACK");
            return false;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return true;
        }
    }

    async Task<object?> Do(string sql)
    {
        await using DbConnection db = postgres is null
            ? new SqliteConnection(
                $"Data Source={Path.Combine(folder, "db", "people.db")};Pooling=False;Default Timeout={LongSeconds}"
            )
            : new NpgsqlConnection(postgres + ";Pooling=false;Search Path=people");
        await db.OpenAsync();
        await using var command = db.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
