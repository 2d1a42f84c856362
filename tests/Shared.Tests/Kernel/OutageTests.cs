using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Loa.Kernel;

public sealed class OutageTests
{
    public static TheoryData<Exception, int> Troubles =>
        new()
        {
            { new SqliteException("full", 13), 507 },
            { new DbUpdateException("save", new SqliteException("disk I/O error", 10, 778)), 507 },
            { new IOException("No space left on device", 28), 507 },
            { new InvalidOperationException("retry", new IOException("quota", 122)), 507 },
            { new NoRoomException(new IOException()), 507 },
            { new PostgresException("full", "ERROR", "ERROR", "53100"), 507 },
            { new PostgresException("shutting down", "FATAL", "FATAL", "57P01"), 503 },
            { new PostgresException("starting", "FATAL", "FATAL", "57P03"), 503 },
            { new NpgsqlException("refused", new System.Net.Sockets.SocketException(111)), 503 },
            { new DbUpdateException("save", new NpgsqlException("broken", new IOException("pipe"))), 503 },
            { new SqliteException("busy", 5), 503 },
            { new PostgresException("duplicate", "ERROR", "ERROR", "23505"), 500 },
            { new SqliteException("no such table", 1), 500 },
            { new InvalidOperationException("a bug"), 500 },
        };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Trouble_of_the_machine_is_told_as_such_and_a_bug_as_a_bug(Exception trouble, int status)
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        var problems = Problems();

        Assert.True(await problems.TryHandleAsync(http, trouble, CancellationToken.None));

        Assert.Equal(status, http.Response.StatusCode);
        Assert.Equal(status == 500 ? "" : "10", http.Response.Headers.RetryAfter.ToString());
        http.Response.Body.Position = 0;
        var told = await JsonSerializer.DeserializeAsync<JsonElement>(http.Response.Body);
        Assert.Equal(
            status switch
            {
                507 => "no-room",
                503 => "database-away",
                _ => "bug",
            },
            told.GetProperty("code").GetString()
        );
    }

    static Problems Problems() =>
        new(NullLogger<Problems>.Instance, new(TimeProvider.System, NullLogger<Outages>.Instance), TimeProvider.System);
}
