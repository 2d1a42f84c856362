using System.Runtime.CompilerServices;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.Newsroom.Bulletins;
using Loa.Newsroom.Data;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.People.Units;
using Loa.Trust;
using Loa.Trust.Data;
using Loa.Trust.Delegations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Loa.Server.Ledger;

/// <summary>Databases that a server of 28 November 2026 made (Before/*.sql: a few cases of each kind), opened by the server of today.</summary>
public sealed class LedgerOfBeforeTests : IAsyncLifetime
{
    static readonly string[] modules = ["people", "newsroom", "broadcasting"];
    static readonly string? Postgres = Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES");

    readonly string folder = Directory.CreateTempSubdirectory("loa-before-").FullName;
    readonly string database = "loa_test_" + Guid.CreateVersion7().ToString("N");

    ServiceProvider services = null!;

    [Fact]
    public async Task Every_hash_holds_and_every_case_folds_as_it_did()
    {
        var acts = 0;
        foreach (var (db, ledger) in Ledgers())
        {
            var report = await ledger.Verify(db, CancellationToken.None);
            Assert.Null(report.Fault);
            acts += report.Acts;
        }

        Assert.Equal(38, acts);
    }

    [Fact]
    public async Task An_old_case_goes_on_by_the_rules_of_today()
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        var id = await db.Cases.Select(c => c.Id).FirstAsync();
        var why = new Deed(Comment: "Đổi ngày.");

        var moved = await db.Move(
            BulletinProcedure.Definition,
            id,
            BulletinProcedure.Withdraw,
            why,
            new ActingOfficer(Guid.CreateVersion7(), Guid.CreateVersion7(), "Nguyễn Thị Lan", Guid.CreateVersion7()),
            DateTimeOffset.UnixEpoch,
            CancellationToken.None
        );

        Assert.Equal((BulletinProcedure.Withdrawn, 5), (moved.State, moved.Seq));
        // The move announces what the others are to hear, whoever makes it.
        Assert.Equal(1, await db.Announcements.CountAsync(a => a.Type == "bulletin-withdrawn"));
        Assert.Null((await services.GetRequiredService<Cases.Ledger>().Verify(db, CancellationToken.None)).Fault);
    }

    [Fact]
    public async Task An_old_delegation_goes_on_by_the_module_that_lodges_in_its_ledger()
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrustDb>();
        var old = await db.Cases.SingleAsync(c => c.Procedure == "delegation" && c.OpenedBy != Guid.Empty);

        var moved = await db.Move(
            DelegationProcedure.Definition,
            old.Id,
            DelegationProcedure.Revoke,
            new(Comment: "Thôi chức vụ."),
            Actor.Server,
            DateTimeOffset.UnixEpoch,
            CancellationToken.None
        );

        Assert.Equal((DelegationProcedure.Revoked, 3), (moved.State, moved.Seq));
        var host = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        var report = await services.GetRequiredService<Cases.Ledger>().Verify(host, CancellationToken.None);
        Assert.Null(report.Fault);
        Assert.Equal(await db.Acts.CountAsync(), report.Acts);
    }

    [Fact]
    public async Task What_waited_for_approval_before_there_was_a_due_gets_one()
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        var ledger = services.GetRequiredService<Cases.Ledger>();
        await db.Submitted(Guid.CreateVersion7(), "Chờ duyệt", DateTimeOffset.UnixEpoch.AddYears(50));
        await db.Cases.ExecuteUpdateAsync(set => set.SetProperty(c => c.DueAt, (DateTimeOffset?)null));
        await db.Database.ExecuteSqlRawAsync("DELETE FROM \"Migrations\" WHERE \"Name\" LIKE '%0004-due'");
        Assert.NotNull((await ledger.Verify(db, CancellationToken.None)).Fault);

        await services.Migrate(CancellationToken.None);
        Assert.Null((await ledger.Verify(db, CancellationToken.None)).Fault);
    }

    [Fact]
    public async Task Rebuilding_changes_no_row()
    {
        foreach (var (db, ledger) in Ledgers())
        {
            var before = await db.Cases.AsNoTracking().ToDictionaryAsync(c => c.Id);
            await ledger.Rebuild(db, CancellationToken.None);
            var after = await db.Cases.AsNoTracking().ToListAsync();

            Assert.Equal(before.Count, after.Count);
            Assert.All(after, row => Assert.True(row.SameAs(before[row.Id]), row.Title));
        }
    }

    IEnumerable<(CaseDb Db, Cases.Ledger Ledger)> Ledgers()
    {
        foreach (var type in services.GetServices<ModuleDbEntry>().Select(e => e.Type))
        {
            using var scope = services.CreateScope();
            yield return (
                (CaseDb)scope.ServiceProvider.GetRequiredService(type),
                services.GetRequiredService<Cases.Ledger>()
            );
        }
    }

    public async ValueTask InitializeAsync()
    {
        foreach (var module in modules)
            await (Postgres is null ? OnSqlite(module) : OnPostgres(module));
        var collection = new ServiceCollection().AddLogging();
        var at = Postgres is null
            ? null
            : new NpgsqlConnectionStringBuilder(Postgres) { Database = database }.ToString();
        collection.AddKernel(new Storage { Folder = folder, Postgres = at }).AddCases();
        collection.AddModuleDb<PeopleDb>("people").AddLodger<TrustDb>("people").AddModuleDb<NewsroomDb>("newsroom");
        collection.AddModuleDb<BroadcastingDb>("broadcasting");
        foreach (
            var procedure in (Procedure[])
                [
                    UnitProcedure.Definition,
                    OfficerProcedure.Definition,
                    DelegationProcedure.Definition,
                    BulletinProcedure.Definition,
                    BroadcastProcedure.Definition,
                ]
        )
            collection.AddSingleton(procedure);
        services = collection.BuildServiceProvider();
        await services.Migrate(CancellationToken.None);
    }

    async Task OnSqlite(string module)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "db")).FullName, module + ".db");
        await using var connection = new SqliteConnection($"Data Source={file}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Script(module, "sqlite");
        await command.ExecuteNonQueryAsync();
    }

    async Task OnPostgres(string module)
    {
        if (module == modules[0])
            await Run(Postgres!, $"CREATE DATABASE {database}");
        var at = new NpgsqlConnectionStringBuilder(Postgres!) { Database = database }.ToString();
        await Run(at, Script(module, "postgres"));
    }

    static async Task Run(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    static string Script(string module, string engine, [CallerFilePath] string caller = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(caller)!, "Before", $"{module}.{engine}.sql"));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        if (Postgres is not null)
            await Run(Postgres, $"DROP DATABASE {database} WITH (FORCE)");
        Directory.Delete(folder, recursive: true);
    }
}
