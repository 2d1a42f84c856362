using System.Diagnostics;
using Loa.Bench.Peers;

namespace Loa.Bench.Siege;

/// <summary>A PostgreSQL of the show's own, which can be killed and comes back as after a crash.</summary>
sealed class Database : IAsyncDisposable
{
    static readonly string programs =
        Directory
            .EnumerateDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .OrderDescending(StringComparer.Ordinal)
            .FirstOrDefault()
        ?? throw new InvalidOperationException("PostgreSQL is missing.");

    readonly string folder;
    readonly int port;

    Database(string folder, int port) => (this.folder, this.port) = (folder, port);

    public string Connection => $"Host=127.0.0.1;Port={port};Username=loa;Database=postgres;Maximum Pool Size=40";

    public static async Task<Database> Start()
    {
        var home = Directory.CreateTempSubdirectory("loa-siege-").FullName;
        if (Environment.IsPrivilegedProcess)
            await Run("chown", "postgres", home);
        var database = new Database(home, Peer.FreePort());
        await database.Do("initdb", "-D", database.Data, "-U", "loa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        await database.Open();
        return database;
    }

    /// <summary>As when its machine loses power: nobody is told, and it recovers from its journal.</summary>
    public async Task Restart()
    {
        await Do("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        await Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Do("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    string Data => Path.Combine(folder, "data");

    Task Open() =>
        Do(
            "pg_ctl",
            "-D",
            Data,
            "-w",
            "-l",
            Path.Combine(folder, "log"),
            "-o",
            $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200",
            "start"
        );

    // It refuses to run as root.
    Task Do(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? Run(
                "setpriv",
                [
                    "--reuid",
                    "postgres",
                    "--regid",
                    "postgres",
                    "--clear-groups",
                    Path.Combine(programs, program),
                    .. arguments,
                ]
            )
            : Run(Path.Combine(programs, program), arguments);

    static async Task Run(string program, params string[] arguments)
    {
        // What pg_ctl starts keeps its pipes, so that its end would never come.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]
        );
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new IOException($"{program} {string.Join(' ', arguments)} failed with {process.ExitCode}.");
    }
}
