using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Loa.Kernel;
using Loa.Server.Start;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Loa;

/// <summary>
/// The real server with the demo province on a free port, in a folder of its own: on SQLite, or on PostgreSQL when
/// LOA_TEST_POSTGRES says where one is. Many tests share one, so each makes what it needs and counts only that.
/// </summary>
public sealed class RunningServer : IAsyncLifetime
{
    readonly string? postgres = Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES");
    readonly string database = "loa_test_" + Guid.CreateVersion7().ToString("N");
    readonly ConcurrentDictionary<string, Guid> units = new(StringComparer.Ordinal);
    WebApplication? app;

    public ShiftedClock Clock { get; } = new();

    /// <summary>The connection string of its database on PostgreSQL.</summary>
    public string Database => new NpgsqlConnectionStringBuilder(postgres) { Database = database }.ToString();

    /// <summary>What stands between this server and PostgreSQL, for a test that pulls it out.</summary>
    public Plug? Plug { get; private set; }

    /// <summary>Whether there is a <see cref="Plug"/>.</summary>
    public bool IsPlugged { get; init; }

    /// <summary>
    /// Whether it starts from nothing, and its passwords are as slow to try as in the product. Others begin with a copy of
    /// <see cref="FreshProvince"/>.
    /// </summary>
    public bool IsAsDelivered { get; init; }

    /// <summary>What it logged, warnings and worse.</summary>
    public LogLines Said { get; } = new();

    /// <summary>What this server is told besides, for a test that has a server of its own.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    public bool IsPostgres => postgres is not null;

    public IServiceProvider Services => app!.Services;

    public string Folder { get; init; } = Directory.CreateTempSubdirectory("loa-test-").FullName;

    public Uri Address { get; private set; } = null!;

    public string DemoPassword => File.ReadAllText(Path.Combine(Folder, "demo-password")).Trim();

    public async ValueTask InitializeAsync()
    {
        await (IsAsDelivered ? CreateDatabase() : FreshProvince.CopyTo(this));
        await Start();
    }

    /// <summary>Brings in the demo province and leaves folder and database behind, until it is disposed of.</summary>
    internal async Task Prepare()
    {
        await CreateDatabase();
        await using (var prepared = Build())
            await prepared.Prepare(CancellationToken.None);
        LetGo();
    }

    /// <summary>Begins with what another has prepared.</summary>
    internal async Task Copy(RunningServer prepared)
    {
        Directory.CreateDirectory(Folder);
        foreach (var folder in Directory.EnumerateDirectories(prepared.Folder, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Copied(folder));
        foreach (var file in Directory.EnumerateFiles(prepared.Folder, "*", SearchOption.AllDirectories))
            File.Copy(file, Copied(file));
        await CreateDatabase($" TEMPLATE {prepared.database}");

        string Copied(string path) => Path.Combine(Folder, Path.GetRelativePath(prepared.Folder, path));
    }

    Task CreateDatabase(string from = "") =>
        postgres is null ? Task.CompletedTask : OnPostgres($"CREATE DATABASE {database}{from}");

    /// <summary>Stops the server and starts another on the same data; for a test that has a server of its own.</summary>
    public async Task Restart()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
        await Start();
    }

    async Task Start()
    {
        app = Build();
        await app.Open(CancellationToken.None);
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        Address = new Uri(address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
    }

    WebApplication Build()
    {
        List<string> args =
        [
            $"--Data={Folder}",
            "--Port=0",
            "--Mqtt:Port=0",
            "--Demo=true",
            "--Logging:LogLevel:Default=Warning",
            .. More,
        ];
        if (postgres is not null)
            args.Add($"--ConnectionStrings:Postgres={PluggedIn(new NpgsqlConnectionStringBuilder(Database))}");
        return LoaServer.Build(
            [.. args],
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(Clock);
                if (!IsAsDelivered)
                    builder.Services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1_000);
                builder.Logging.AddProvider(Said);
            }
        );
    }

    NpgsqlConnectionStringBuilder PluggedIn(NpgsqlConnectionStringBuilder line)
    {
        if (!IsPlugged)
            return line;
        Plug ??= new(line.Host!, line.Port);
        (line.Host, line.Port) = ("127.0.0.1", Plug.Port);
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        LetGo();
        if (postgres is not null)
            await OnPostgres($"DROP DATABASE {database} WITH (FORCE)");
        if (Plug is not null)
            await Plug.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    // What is pooled holds files and databases open.
    static void LetGo()
    {
        NpgsqlConnection.ClearAllPools();
        SqliteConnection.ClearAllPools();
    }

    /// <summary>A program or browser that nobody signed in; redirects are not followed.</summary>
    public HttpClient Client() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = Address,
        };

    /// <summary>A client signed in as one of the demo accounts, such as "loctan.duyet".</summary>
    public async Task<HttpClient> SignedIn(string account)
    {
        var client = Client();
        var answer = await client.PostAsync(
            "/sign-in",
            new FormUrlEncodedContent(
                new Dictionary<string, string> { ["userName"] = account, ["password"] = DemoPassword }
            )
        );
        Assert.True(
            answer.StatusCode == HttpStatusCode.SeeOther,
            $"{account} could not sign in: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
        );
        return client;
    }

    /// <summary>The unit where a demo account serves; it is signed in for it once, for its sessions are few.</summary>
    public async Task<Guid> UnitOf(string account)
    {
        if (units.TryGetValue(account, out var known))
            return known;
        using var officer = await SignedIn(account);
        var me = await officer.GetAsync("/api/me").Json();
        return units[account] = me.GetProperty("posts")[0].GetProperty("unitId").GetGuid();
    }

    /// <summary>Does something with one of the server's scoped services.</summary>
    public async Task<TResult> With<TService, TResult>(Func<TService, Task<TResult>> work)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Waits until something that happens by itself has happened; fails after <paramref name="seconds"/>.</summary>
    public static async Task Until(Func<Task<bool>> happened, string what, int seconds = 20)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await happened())
            if (timeout.IsCancellationRequested || !await look.WaitForNextTickAsync(CancellationToken.None))
                Assert.Fail($"It did not happen within {seconds} s: {what}");
    }

    async Task OnPostgres(string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres!);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The real clock, which a test may put forward.</summary>
public sealed class ShiftedClock : TimeProvider
{
    TimeSpan shift;

    public void Advance(TimeSpan by) => shift += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}

/// <summary>Reads what the server answered.</summary>
public static class Answers
{
    public static async Task<JsonElement> Json(
        this Task<HttpResponseMessage> asked,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(
            answer.StatusCode == expected,
            $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}"
        );
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The server refused with this code.</summary>
    public static async Task Refused(
        this Task<HttpResponseMessage> asked,
        string code,
        HttpStatusCode status = HttpStatusCode.Conflict
    ) => Assert.Equal(code, (await asked.Json(status)).GetProperty("code").GetString());
}
