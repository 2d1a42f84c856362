using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Loa.Kernel;

/// <summary>A module's database as the server knows it: for migrations, the outbox and the ledger.</summary>
public sealed record ModuleDbEntry(string Name, Type Type);

/// <summary>A module that lodges in another's database, and sees it by a context of its own.</summary>
/// <param name="Host">The name of that database.</param>
public sealed record Lodger(string Host, Type Type);

/// <summary>Registers a module's database on the engine that <see cref="Storage"/> chose.</summary>
public static class ModuleDbs
{
    // Who catches it tells it, once; a clash that is tried again is no error at all.
    static readonly (EventId, LogLevel)[] whatIsThrownToo =
    [
        (RelationalEventId.CommandError, LogLevel.Debug),
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.TransactionError, LogLevel.Debug),
        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
        (CoreEventId.QueryIterationFailed, LogLevel.Debug),
    ];

    public static IServiceCollection AddModuleDb<TDb>(this IServiceCollection services, string name)
        where TDb : ModuleDb
    {
        services.AddSingleton(new ModuleDbEntry(name, typeof(TDb)));
        services.AddKeyedSingleton(name, (provider, _) => OpenPostgres(provider.GetRequiredService<Storage>(), name));
        AddContext<TDb>(services, name);
        services.AddHostedService<Outbox<TDb>>();
        return services;
    }

    /// <summary>
    /// A module that lodges in the database of another: one file or schema, one ledger, one order of who writes. Whatever is done
    /// once for a database (scripts, outbox, seals, statistics, sizes) its host does, for both.
    /// </summary>
    public static IServiceCollection AddLodger<TDb>(this IServiceCollection services, string host)
        where TDb : ModuleDb
    {
        services.AddSingleton(new Lodger(host, typeof(TDb)));
        services.TryAddSingleton<Lodgings>();
        AddContext<TDb>(services, host);
        return services;
    }

    static void AddContext<TDb>(IServiceCollection services, string name)
        where TDb : ModuleDb =>
        services.AddDbContext<TDb>(
            (provider, options) =>
            {
                var storage = provider.GetRequiredService<Storage>();
                if (storage.IsPostgres)
                    options
                        .UseNpgsql(provider.GetRequiredKeyedService<NpgsqlDataSource>(name))
                        .AddInterceptors(new OpensWhenThere(provider.GetRequiredService<DatabaseWatch>()));
                else
                    options.UseSqlite(SqliteConnectionTo(storage, name)).AddInterceptors(SqlitePragmas.Instance);
                Quiet(options);
            }
        );

    internal static void Quiet(DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning).Log(whatIsThrownToo));

    static string SqliteConnectionTo(Storage storage, string name) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(storage.FolderOf("db"), name + ".db"),
            DefaultTimeout = 30,
            Pooling = true,
        }.ToString();

    // The schema is the search path, so that no query and no migration names it. Rows here and there are not dear, as
    // PostgreSQL takes them to be: what is asked for lies in memory or on a disk without a head.
    static NpgsqlDataSource OpenPostgres(Storage storage, string name)
    {
        var given = new NpgsqlConnectionStringBuilder(storage.Postgres);
        given.SearchPath = name;
        given.MaxPoolSize = 20;
        given.Options = $"-c random_page_cost=1.1 {given.Options}".TrimEnd();
        return new NpgsqlDataSourceBuilder(given.ToString()).Build();
    }

    /// <summary>Write-ahead log, and a commit that survives a power cut.</summary>
    sealed class SqlitePragmas : DbConnectionInterceptor
    {
        public static readonly SqlitePragmas Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
