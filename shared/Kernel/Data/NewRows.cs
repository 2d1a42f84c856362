using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Loa.Kernel;

/// <summary>Many rows at once that nobody reads back or changes in this unit of work.</summary>
public static class NewRows
{
    /// <summary>
    /// Inserts them within the present transaction. On SQLite by one prepared command, a fifth of what the change tracker takes
    /// for them; PostgreSQL, where each command is a round trip, gets them with the next save.
    /// </summary>
    public static Task Insert<TRow>(this ModuleDb db, IReadOnlyCollection<TRow> rows, CancellationToken cancel)
        where TRow : class
    {
        if (db.Database.IsSqlite())
            return Write(db, "INSERT", rows, cancel);
        db.AddRange(rows);
        return Task.CompletedTask;
    }

    /// <summary>The same for rows that are there already: each is written over whole, unread.</summary>
    public static Task Replace<TRow>(this ModuleDb db, IReadOnlyCollection<TRow> rows, CancellationToken cancel)
        where TRow : class
    {
        if (db.Database.IsSqlite())
            return Write(db, "INSERT OR REPLACE", rows, cancel);
        db.UpdateRange(rows);
        return Task.CompletedTask;
    }

    static async Task Write<TRow>(ModuleDb db, string verb, IReadOnlyCollection<TRow> rows, CancellationToken cancel)
        where TRow : class
    {
        if (rows.Count == 0)
            return;
        var transaction =
            db.Database.CurrentTransaction ?? throw new InvalidOperationException("Rows are inserted atomically.");
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        var columns = Columns(verb, db.Model.FindEntityType(typeof(TRow))!, command);
        await command.PrepareAsync(cancel);
        foreach (var row in rows)
        {
            foreach (var (property, converted, parameter) in columns)
            {
                var value = property.GetGetter().GetClrValue(row);
                parameter.Value = (value is null || converted is null ? value : converted(value)) ?? DBNull.Value;
            }
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    static List<(IProperty, Func<object?, object?>?, DbParameter)> Columns(
        string verb,
        IEntityType entity,
        DbCommand command
    )
    {
        var columns = new List<(IProperty, Func<object?, object?>?, DbParameter)>();
        // What the database numbers itself is left to it.
        foreach (var property in entity.GetProperties().Where(p => !IsNumbered(p)))
        {
            var mapping = property.GetRelationalTypeMapping();
            var parameter = mapping.CreateParameter(command, $"@p{columns.Count}", null, property.IsNullable);
            command.Parameters.Add(parameter);
            columns.Add((property, mapping.Converter?.ConvertToProvider, parameter));
        }
        var names = columns.Select(c => $"\"{c.Item1.GetColumnName()}\"");
        var values = columns.Select(c => c.Item3.ParameterName);
#pragma warning disable CA2100 // Names come from the model, values are parameters.
        command.CommandText =
            $"{verb} INTO \"{entity.GetTableName()}\" ({string.Join(", ", names)}) VALUES ({string.Join(", ", values)})";
#pragma warning restore CA2100
        return columns;
    }

    static bool IsNumbered(IProperty property) =>
        property.ValueGenerated is ValueGenerated.OnAdd && property.ClrType == typeof(long);
}
