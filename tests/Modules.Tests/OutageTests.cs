using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Fuzz;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.Newsroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Loa;

/// <summary>A database that is away is told as such, nothing that was answered is lost, and all goes on by itself.</summary>
[Collection(nameof(FuzzServer))]
public sealed class OutageTests(FuzzServer fuzz)
{
    [Fact]
    public async Task A_database_whose_connections_break_is_away_for_a_moment_and_no_bug()
    {
        Assert.SkipUnless(fuzz.Running.IsPostgres, "SQLite has no connections that break.");
        using var author = await fuzz.Running.SignedIn("binhphuoc.bientap");
        var database = await fuzz.Running.With<NewsroomDb, string>(db =>
            Task.FromResult(db.Database.GetDbConnection().Database)
        );
        await using var elsewhere = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES")!);
        await using var breaking = elsewhere.CreateCommand(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
        );
        for (var round = 0; round < 5; round++)
        {
            await breaking.ExecuteNonQueryAsync();
            using var answer = await Write(author);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable,
                $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            );
        }
        await RunningServer.Until(
            async () => (await Write(author)).StatusCode == HttpStatusCode.Created,
            "the database is there again"
        );
    }

    [Fact]
    public async Task A_restart_of_the_database_is_waited_for_and_no_dead_connection_is_met_after_it()
    {
        Assert.SkipUnless(fuzz.Running.IsPostgres, "SQLite has no connections that break.");
        using var author = await fuzz.Running.SignedIn("binhphuoc.bientap");
        var watch = fuzz.Running.Services.GetRequiredService<DatabaseWatch>();
        await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => author.GetAsync("/bulletins")));
        await fuzz.Running.With<NewsroomDb, int>(db =>
            // As its own machine dies: nobody but the server's own line is told.
            db.Database.ExecuteSqlRawAsync(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                    AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')
                """
            )
        );

        watch.Leave();
        var waiting = Enumerable.Range(0, 15).Select(_ => Write(author)).ToList();
        var pages = Enumerable.Range(0, 15).Select(_ => author.GetAsync("/bulletins")).ToList();
        await RunningServer.Until(() => Task.FromResult(watch.Waiting >= 10), "they wait for the database");
        watch.Return();

        Assert.All(await Task.WhenAll(waiting), a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.All(await Task.WhenAll(pages), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_once_and_once_when_it_is_back()
    {
        Assert.SkipUnless(fuzz.Running.IsPostgres, "SQLite is never away.");
        await using var server = new RunningServer { IsPlugged = true };
        await server.InitializeAsync();
        using var author = await server.SignedIn("binhphuoc.bientap");
        await server.Plug!.Pull();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Write(author)).StatusCode);
        await Attempted(server, OutageKind.DatabaseAway, 20);
        // Who wanted a page sees one.
        using (
            var asked = new HttpRequestMessage(HttpMethod.Get, "/bulletins") { Headers = { { "Accept", "text/html" } } }
        )
        using (var told = await author.SendAsync(asked))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, told.StatusCode);
            Assert.Contains("<main", await told.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        server.Plug.PutIn();
        await RunningServer.Until(
            async () => (await Write(author)).StatusCode == HttpStatusCode.Created,
            "the database is there again"
        );
        await SaidOnce(server, OutageKind.DatabaseAway, TimeSpan.Zero);
    }

    internal static Task Attempted(RunningServer server, OutageKind kind, int times, Func<Task>? meanwhile = null) =>
        RunningServer.Until(
            async () =>
            {
                await (meanwhile?.Invoke() ?? Task.CompletedTask);
                return server.Services.GetRequiredService<Outages>().Attempts(kind) >= times;
            },
            $"it was tried {times} times",
            seconds: 60
        );

    /// <summary>
    /// That it began and that it is over; nothing else, but for requests that were not done while nothing of the server's own had
    /// failed yet: one in ten seconds is said.
    /// </summary>
    internal static async Task SaidOnce(RunningServer server, OutageKind kind, TimeSpan unsaid)
    {
        await RunningServer.Until(
            () => Task.FromResult(!server.Services.GetRequiredService<Outages>().Is(kind)),
            "the outage is over",
            seconds: 60
        );
        var said = server.Said.All.Where(l => l.Category != typeof(Problems).FullName).ToList();
        Assert.True(said.Count == 2, string.Join('\n', said));
        Assert.All(said, line => Assert.Contains($"Outage, {kind}", line.Text, StringComparison.Ordinal));
        Assert.InRange(server.Said.All.Count, 2, 3 + (int)(unsaid.TotalSeconds / 10));
    }

    internal const string Title = "Đĩa đầy";

    internal static Task<HttpResponseMessage> Write(HttpClient author) =>
        author.PostAsJsonAsync("/bulletins", new { title = Title, text = new string('a', 15_000) });
}
