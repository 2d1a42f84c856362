using Npgsql;

namespace Loa.Bench.UnderTest;

/// <summary>A PostgreSQL database of the show's own, or none.</summary>
public sealed class ShowDatabase(string server, string name) : IAsyncDisposable
{
    public IEnumerable<string> Arguments =>
        server.Length == 0
            ? []
            : [$"--ConnectionStrings:Postgres={new NpgsqlConnectionStringBuilder(server) { Database = name }}"];

    /// <param name="show">Whose it is.</param>
    public static async Task<ShowDatabase> Make(string server, string show)
    {
        var made = new ShowDatabase(server, $"loa_{show}_" + Guid.CreateVersion7().ToString("N"));
        await made.Ask("CREATE DATABASE ");
        return made;
    }

    public async ValueTask DisposeAsync() => await Ask("DROP DATABASE ", " WITH (FORCE)");

    async Task Ask(string before, string after = "")
    {
        if (server.Length == 0)
            return;
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(before + name + after);
        await command.ExecuteNonQueryAsync();
    }
}
