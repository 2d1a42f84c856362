using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Loa.Bench.UnderTest;

/// <summary>Rows by the hundred thousand, as fast as each engine takes them.</summary>
static class BulkRows
{
    public static Task Store<TRow>(this ModuleDb db, IReadOnlyCollection<TRow> rows)
        where TRow : class =>
        db.Database.IsSqlite() ? db.Atomically(() => db.Insert(rows, CancellationToken.None)) : Copy(db, rows);

    static async Task Copy<TRow>(ModuleDb db, IReadOnlyCollection<TRow> rows)
        where TRow : class
    {
        var entity = db.Model.FindEntityType(typeof(TRow))!;
        // What the database numbers itself is left to it.
        var columns = entity
            .GetProperties()
            .Where(p => p.ValueGenerated != ValueGenerated.OnAdd || p.ClrType != typeof(long))
            .ToList();
        await db.Database.OpenConnectionAsync();
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            var names = string.Join(", ", columns.Select(c => $"\"{c.GetColumnName()}\""));
            await using var writer = await connection.BeginBinaryImportAsync(
                $"COPY \"{entity.GetTableName()}\" ({names}) FROM STDIN (FORMAT BINARY)"
            );
            foreach (var row in rows)
            {
                await writer.StartRowAsync();
                foreach (var column in columns)
                    await Write(writer, column, row);
            }
            await writer.CompleteAsync();
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    static Task Write(NpgsqlBinaryImporter writer, IProperty column, object row)
    {
        var value = column.PropertyInfo!.GetValue(row);
        if (value is not null && column.GetTypeMapping().Converter is { } converter)
            value = converter.ConvertToProvider(value);
        return value is null ? writer.WriteNullAsync() : writer.WriteAsync(value);
    }
}
