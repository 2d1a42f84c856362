using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.Kernel;

/// <summary>
/// Brings every module's database to today's shape at start: numbered SQL scripts, one per engine
/// (Data/Migrations/0001-start.sqlite.sql, 0001-start.postgres.sql), each applied once, in order, in a transaction.
/// </summary>
public static partial class Migrations
{
    public static async Task Migrate(this IServiceProvider services, CancellationToken cancel)
    {
        foreach (var entry in services.GetServices<ModuleDbEntry>())
        {
            await using var scope = services.CreateAsyncScope();
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(entry.Type);
            Type[] contexts =
            [
                entry.Type,
                .. services
                    .GetServices<Lodger>()
                    .Where(lodger => lodger.Host == entry.Name)
                    .Select(lodger => lodger.Type),
            ];
            var steps = services.GetServices<MigrationStep>().Where(step => step.Db == entry.Type);
            await Migrate(
                db,
                entry.Name,
                contexts,
                steps,
                scope.ServiceProvider.GetRequiredService<ILogger<ModuleDb>>(),
                cancel
            );
        }
    }

    static async Task Migrate(
        ModuleDb db,
        string name,
        IEnumerable<Type> contexts,
        IEnumerable<MigrationStep> steps,
        ILogger log,
        CancellationToken cancel
    )
    {
        var postgres = !db.Database.IsSqlite();
        await db.Database.OpenConnectionAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (postgres)
        {
            // Two servers that start together must not migrate together.
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({name}))", cancel);
            await Run(transaction, $"CREATE SCHEMA IF NOT EXISTS \"{name}\"", cancel);
        }
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TABLE IF NOT EXISTS \"Migrations\" (\"Name\" text PRIMARY KEY)",
            cancel
        );
        var done = await db
            .Database.SqlQueryRaw<string>("SELECT \"Name\" AS \"Value\" FROM \"Migrations\"")
            .ToListAsync(cancel);

        foreach (
            var (script, sql) in ScriptsFor(contexts, postgres ? "postgres" : "sqlite")
                .Where(s => !done.Contains(s.Name))
        )
        {
            await Run(transaction, sql, cancel);
            await Note(db, script, cancel);
            Log.Applied(log, name, script);
        }
        foreach (var step in steps.Where(s => !done.Contains(s.Name)))
        {
            await step.Run(db, cancel);
            await Note(db, step.Name, cancel);
            Log.Applied(log, name, step.Name);
        }
        await transaction.CommitAsync(cancel);
    }

    static Task Note(ModuleDb db, string done, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO \"Migrations\" (\"Name\") VALUES ({done})", cancel);

    // Raw, because a script may hold braces, which EF would read as placeholders.
    static async Task Run(IDbContextTransaction transaction, string sql, CancellationToken cancel)
    {
        var inner = transaction.GetDbTransaction();
        await using var command = inner.Connection!.CreateCommand();
        command.Transaction = inner;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }

    // From the Kernel's scripts over those of each base class to the module's own, then to those of who lodges with it.
    static IEnumerable<(string Name, string Sql)> ScriptsFor(IEnumerable<Type> contexts, string engine)
    {
        foreach (var assembly in contexts.SelectMany(AssembliesOf).Distinct())
        {
            var suffix = $".{engine}.sql";
            foreach (
                var resource in assembly
                    .GetManifestResourceNames()
                    .Where(n =>
                        n.StartsWith("Migrations/", StringComparison.Ordinal)
                        && n.EndsWith(suffix, StringComparison.Ordinal)
                    )
                    .Order(StringComparer.Ordinal)
            )
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                yield return (
                    $"{assembly.GetName().Name}/{resource["Migrations/".Length..^suffix.Length]}",
                    reader.ReadToEnd()
                );
            }
        }
    }

    static IEnumerable<Assembly> AssembliesOf(Type db) =>
        db == typeof(DbContext) ? [] : AssembliesOf(db.BaseType!).Append(db.Assembly);

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Database {Module}: applied {Script}")]
        public static partial void Applied(ILogger log, string module, string script);
    }
}
