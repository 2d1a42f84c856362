using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>How much a table takes with its indexes.</summary>
public sealed record TableSize(string Table, long Rows, long Bytes);

/// <summary>
/// How much each table of each module takes. PostgreSQL knows it; on SQLite a file is shared out by the number of rows and what the
/// newest of them hold, for reading every page of it would take minutes.
/// </summary>
public sealed class TableSizes(
    IServiceScopeFactory scopes,
    IEnumerable<ModuleDbEntry> dbs,
    IEnumerable<Lodger> lodgers,
    TimeProvider clock
)
{
    // Several kinds of things ask one after another.
    static readonly TimeSpan fresh = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<TableSize> Sizes)> known = new(
        StringComparer.Ordinal
    );

    /// <param name="db">One module's, or of one that lodges with it; of all modules when none is named.</param>
    public async Task<TableSize> Of(Type? db, IReadOnlyCollection<string> tables, CancellationToken cancel)
    {
        var (rows, bytes) = (0L, 0L);
        foreach (
            var entry in dbs.Where(d =>
                db is null || d.Type == db || lodgers.Any(l => l.Type == db && l.Host == d.Name)
            )
        )
        foreach (var size in (await All(entry, cancel)).Where(s => tables.Contains(s.Table)))
            (rows, bytes) = (rows + size.Rows, bytes + size.Bytes);
        return new(string.Join(' ', tables), rows, bytes);
    }

    async Task<IReadOnlyList<TableSize>> All(ModuleDbEntry entry, CancellationToken cancel)
    {
        var now = clock.Moment();
        if (known.TryGetValue(entry.Name, out var before) && now - before.At < fresh)
            return before.Sizes;
        await using var scope = scopes.CreateAsyncScope();
        var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(entry.Type);
        var sizes = db.Database.IsSqlite() ? await Shared(db, cancel) : await Told(db, cancel);
        known[entry.Name] = (now, sizes);
        return sizes;
    }

    static async Task<IReadOnlyList<TableSize>> Told(ModuleDb db, CancellationToken cancel) =>
        await db
            .Database.SqlQuery<TableSize>(
                $"""
                SELECT relname AS "Table", GREATEST(reltuples, 0)::bigint AS "Rows", pg_total_relation_size(oid) AS "Bytes"
                FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
                """
            )
            .ToListAsync(cancel);

    static async Task<IReadOnlyList<TableSize>> Shared(ModuleDb db, CancellationToken cancel)
    {
        var tables = await db
            .Database.SqlQuery<string>(
                $"""SELECT name AS "Value" FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"""
            )
            .ToListAsync(cancel);
        var weighed = new List<TableSize>();
        foreach (var table in tables)
            weighed.Add(await Weigh(db, table, cancel));
        var whole = Math.Max(1, weighed.Sum(w => w.Bytes));
        var file = await One(
            db,
            "SELECT page_count * page_size AS \"Value\" FROM pragma_page_count, pragma_page_size",
            cancel
        );
        return [.. weighed.Select(w => w with { Bytes = (long)((double)w.Bytes / whole * file) })];
    }

    static async Task<TableSize> Weigh(ModuleDb db, string table, CancellationToken cancel)
    {
        // What a row costs besides what it holds, in the table and in each index.
        const int RowItself = 40;
        var columns = await db
            .Database.SqlQuery<string>($"""SELECT name AS "Value" FROM pragma_table_info({table})""")
            .ToListAsync(cancel);
        var length = string.Join(" + ", columns.Select(c => $"coalesce(length(CAST(\"{c}\" AS BLOB)), 0)"));
        var rows = await One(db, $"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"", cancel);
        var mean = await One(
            db,
            $"SELECT CAST(coalesce(avg({length}), 0) AS INTEGER) AS \"Value\" FROM (SELECT * FROM \"{table}\" LIMIT 500)",
            cancel
        );
        return new(table, rows, rows * (mean + RowItself));
    }

    static async Task<long> One(ModuleDb db, string sql, CancellationToken cancel)
    {
#pragma warning disable EF1002 // Names come from the database itself.
        var found = await db.Database.SqlQueryRaw<long>(sql).ToListAsync(cancel);
#pragma warning restore EF1002
        return found[0];
    }
}
