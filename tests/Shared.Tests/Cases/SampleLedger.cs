using Loa.Jose;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Loa.Cases;

/// <summary>A ledger of a few cases on SQLite, or on PostgreSQL when LOA_TEST_POSTGRES says where one is; with a server key of its own.</summary>
sealed class SampleLedger : IAsyncDisposable
{
    public static readonly Procedure Note = new(
        "sample",
        1,
        "title",
        [new("title", FieldKind.Text, 40)],
        [
            new("open", [], "one") { Sets = ["title"] },
            new("edit", ["one"], null) { Sets = ["title"] },
            new("close", ["one"], "two-b"),
        ]
    );

    static readonly string? Postgres = Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES");

    readonly string folder = Directory.CreateTempSubdirectory("loa-ledger-").FullName;
    readonly string database = "loa_test_" + Guid.CreateVersion7().ToString("N");
    readonly List<Guid> cases = [];

    public ServiceProvider Services { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 1, 1, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<Guid> Cases => cases;

    /// <summary>Three days, an act each half hour, sealed each hour and each day as a server does it.</summary>
    public static async Task<SampleLedger> OfThreeDays()
    {
        var ledger = await Empty();
        for (var hour = 0; hour < 60; hour += 4)
            await ledger.Pass(TimeSpan.FromHours(4));
        return ledger;
    }

    /// <param name="with">What else its services hold.</param>
    public static async Task<SampleLedger> Empty(Action<IServiceCollection>? with = null)
    {
        var ledger = new SampleLedger();
        if (Postgres is not null)
            await OnPostgres($"CREATE DATABASE {ledger.database}");
        await ledger.Open(SigningKey.Create(), with);
        return ledger;
    }

    /// <summary>The same data, looked at by a server with this key.</summary>
    public async Task Open(SigningKey key, Action<IServiceCollection>? with = null)
    {
        var services = new ServiceCollection().AddLogging();
        with?.Invoke(services);
        services.AddKernel(
            new Storage
            {
                Folder = folder,
                Postgres = Postgres is null
                    ? null
                    : new NpgsqlConnectionStringBuilder(Postgres) { Database = database }.ToString(),
            }
        );
        services.AddCases();
        services.AddModuleDb<SampleDb>("sample");
        services.AddSingleton(Note);
        services.AddSingleton<ILedgerSigner>(new OneKey(key));
        if (Services is not null)
            await Services.DisposeAsync();
        Services = services.BuildServiceProvider();
        await Services.Migrate(default);
    }

    public async Task Pass(TimeSpan time)
    {
        Now += time;
        await Write();
        await Seal();
    }

    /// <summary>A new case and another act of the first.</summary>
    public async Task Write()
    {
        cases.Add(await OpenCase());
        await With(db =>
            db.Move(Note, cases[0], "edit", new(new() { ["title"] = $"Tin {Now}" }), Officer(cases[0]), Now, default)
        );
    }

    public async Task<Guid> OpenCase()
    {
        var id = Guid.CreateVersion7();
        await With(db => db.Open(Note, id, id, "open", new(new() { ["title"] = "Tin" }), Officer(id), Now, default));
        return id;
    }

    public static ActingOfficer Officer(Guid unit) => new(null, Guid.CreateVersion7(), "Cán bộ", unit);

    public Task Seal() =>
        With(async db =>
        {
            await Ledger.Seal(db, VietnamTime.DayOf(Now), default);
            await Services.GetRequiredService<HeadChain>().Seal(db, Now, default);
        });

    public async Task<LedgerReport> Verify(string? anchors = null)
    {
        LedgerReport? report = null;
        await With(async db =>
            report = await Services
                .GetRequiredService<Ledger>()
                .Verify(db, anchors is null ? [] : Anchor.In(anchors), default)
        );
        return report!;
    }

    /// <summary>As somebody who holds the database: the triggers away, then this.</summary>
    public Task Tamper(params string[] statements) =>
        With(async db =>
        {
            var triggers = Postgres is null
                ? """DROP TRIGGER IF EXISTS "Acts_stay"; DROP TRIGGER IF EXISTS "Acts_remain"; DROP TRIGGER IF EXISTS "Heads_stay"; DROP TRIGGER IF EXISTS "Heads_remain"; DROP TRIGGER IF EXISTS "Days_stay"; DROP TRIGGER IF EXISTS "Days_remain";"""
                : """ALTER TABLE "Acts" DISABLE TRIGGER ALL; ALTER TABLE "Heads" DISABLE TRIGGER ALL; ALTER TABLE "Days" DISABLE TRIGGER ALL;""";
            foreach (var statement in statements.Prepend(triggers))
                await db.Database.ExecuteSqlRawAsync(statement);
        });

    public async Task With(Func<SampleDb, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<SampleDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        if (Postgres is not null)
            await OnPostgres($"DROP DATABASE {database} WITH (FORCE)");
        Directory.Delete(folder, recursive: true);
    }

    static async Task OnPostgres(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Postgres!);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    sealed class OneKey(SigningKey key) : ILedgerSigner, ILedgerKeys
    {
        public string Sign(ReadOnlySpan<byte> payload) => Jws.Sign(key, Head.Type, payload);

        public Task<ILedgerKeys> Keys(CancellationToken cancel) => Task.FromResult<ILedgerKeys>(this);

        public bool Signed(string jws, ReadOnlySpan<byte> payload) =>
            Jws.TryRead(jws, 2_000, out var document, out _)
            && document.Payload.SequenceEqual(payload)
            && document.TryVerify(key.Public);
    }
}

sealed class SampleDb(DbContextOptions<SampleDb> options) : CaseDb(options);
