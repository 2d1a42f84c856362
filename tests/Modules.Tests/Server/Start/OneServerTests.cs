using Loa.Server.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Loa.Server.Start;

public sealed class OneServerTests : IAsyncLifetime
{
    static readonly string? Postgres = Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES");
    readonly RunningServer server = new();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_second_server_on_the_same_folder_or_database_is_refused_with_a_sentence()
    {
        Assert.Contains(server.Folder, await Refused(server.Folder), StringComparison.Ordinal);
        if (Postgres is not null)
            Assert.NotNull(await Refused(Directory.CreateTempSubdirectory("loa-second-").FullName));

        await server.Restart();
    }

    [Fact]
    public async Task The_ledger_is_proved_beside_a_running_server_and_not_made_anew()
    {
        Assert.SkipWhen(Postgres is not null, "The command reads the database from the environment of its process.");

        Assert.Equal(0, await Ledger("verify"));
        Assert.Equal(1, await Ledger("rebuild"));
        Assert.Equal(1, await Ledger("seal"));
        Assert.Equal(2, await Ledger("verify", "--anchor", Path.Combine(server.Folder, "demo-password")));
    }

    [Fact]
    public async Task A_line_that_broke_is_taken_again()
    {
        Assert.SkipWhen(Postgres is null, "SQLite has no line.");
        await using var other = await Line();
        var before = await Holder(other);

        await Do(other, $"SELECT pg_terminate_backend({before})");

        await RunningServer.Until(
            async () => await Holder(other) is { } now && now != before,
            "the lock is held by another line"
        );
        Assert.False(server.Services.GetRequiredService<OneServer>().IsLost);
    }

    [Fact]
    public async Task Who_lost_the_database_to_another_server_stops()
    {
        Assert.SkipWhen(Postgres is null, "SQLite has no line.");
        await using var other = await Line();
        var holder = await Holder(other);
        // Waits in the queue, so that it is his the moment the line breaks.
        await using var rival = await Line();
        var taken = Do(rival, "SELECT pg_advisory_lock(hashtext('loa-server'))");
        await RunningServer.Until(async () => await Waiting(other), "the rival waits");

        await Do(other, $"SELECT pg_terminate_backend({holder})");
        await taken;

        var lifetime = server.Services.GetRequiredService<IHostApplicationLifetime>();
        await RunningServer.Until(
            () => Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested),
            "the server stops"
        );
        Assert.True(server.Services.GetRequiredService<OneServer>().IsLost);
    }

    [Fact]
    public async Task Who_starts_while_the_one_before_is_still_leaving_waits_for_it()
    {
        Assert.SkipWhen(Postgres is null, "SQLite has no line.");
        await using var other = await Line();
        // Waits in the queue, so that it is his the moment the server leaves.
        await using var leaving = await Line();
        var taken = Do(leaving, "SELECT pg_advisory_lock(hashtext('loa-server'))");
        await RunningServer.Until(async () => await Waiting(other), "the rival waits");

        var restarting = server.Restart();
        await taken;
        await RunningServer.Until(
            () =>
                Task.FromResult(
                    server.Said.All.Any(l => l.Text.Contains("holds the database still", StringComparison.Ordinal))
                ),
            "the next one waits"
        );
        await Do(leaving, "SELECT pg_advisory_unlock(hashtext('loa-server'))");

        await restarting;
        Assert.False(server.Services.GetRequiredService<OneServer>().IsLost);
    }

    async Task<string> Refused(string folder)
    {
        List<string> args = [$"--Data={folder}", "--Port=0", "--Mqtt:Port=0", "--Demo=true"];
        if (Postgres is not null)
            args.Add($"--ConnectionStrings:Postgres={server.Database}");
        await using var second = LoaServer.Build([.. args]);
        return (await Assert.ThrowsAsync<TakenException>(() => second.Open(CancellationToken.None))).Message;
    }

    Task<int> Ledger(params string[] verbs) =>
        LedgerCommand.Make().Parse([.. verbs, "--data", server.Folder]).InvokeAsync();

    async Task<NpgsqlConnection> Line()
    {
        var line = new NpgsqlConnection(server.Database + ";Pooling=false");
        await line.OpenAsync();
        return line;
    }

    static async Task Do(NpgsqlConnection line, string sql)
    {
        await using var command = new NpgsqlCommand(sql, line);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<int?> Holder(NpgsqlConnection line)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE locktype = 'advisory' AND granted AND datname = current_database() AND objsubid = 1
            """,
            line
        );
        return await command.ExecuteScalarAsync() as int?;
    }

    static async Task<bool> Waiting(NpgsqlConnection line)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
            """,
            line
        );
        return await command.ExecuteScalarAsync() is > 0L;
    }
}
