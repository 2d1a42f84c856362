using Loa.Kernel;
using Npgsql;

namespace Loa.Server.Start;

/// <summary>
/// One server for one data folder and one database, for as long as it lives: what a server keeps in memory is not asked again,
/// so a second one would let in whom the first had locked out. The only lock of the whole installation; all others are a process's.
/// </summary>
sealed partial class OneServer(
    Storage storage,
    IHostApplicationLifetime lifetime,
    DatabaseWatch database,
    TimeProvider clock,
    BackgroundWork<OneServer> work
) : NodeLoop<OneServer>(work), IAsyncDisposable
{
    // A lock of our own line that broke is freed in this time, or somebody else has it.
    const int Tries = 25;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    FileStream? file;
    NpgsqlConnection? line;

    /// <summary>Another server has the database: this one may not write any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Takes folder and database; throws with one sentence when another server has them.</summary>
    public async Task Take(CancellationToken cancel)
    {
        for (var refused = 1; !await TryTake(cancel); refused++)
        {
            // The database learns a moment later that a server has ended; the system knows of its files at once.
            if (!storage.IsPostgres || refused == Tries)
                throw new TakenException(Words.Get("start.another-server", storage.Folder));
            if (refused == 1)
                Log.Waits(Work.Log);
            await Task.Delay(Pause, clock, cancel);
        }
    }

    public async Task<bool> TryTake(CancellationToken cancel)
    {
        if (!TakeFolder())
            return false;
        if (storage.IsPostgres && (line = await TryDatabase(cancel)) is null)
        {
            await Release();
            return false;
        }
        return true;
    }

    public async Task Release()
    {
        if (line is not null)
            await line.DisposeAsync();
        if (file is not null)
            await file.DisposeAsync();
        (line, file) = (null, null);
    }

    bool TakeFolder()
    {
        var path = Path.Combine(storage.FolderOf(), "lock");
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Held: that is the answer.
            return false;
        }
    }

    // A line of its own, outside every pool: PostgreSQL holds the lock as long as the line stands.
    async Task<NpgsqlConnection?> TryDatabase(CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(storage.Postgres)
        {
            Pooling = false,
            KeepAlive = 10,
            ApplicationName = "loa",
        };
        var opened = new NpgsqlConnection(settings.ToString());
        try
        {
            await opened.OpenAsync(cancel);
            await using var command = opened.CreateCommand();
            command.CommandText = "SELECT pg_try_advisory_lock(hashtext('loa-server'))";
            if (await command.ExecuteScalarAsync(cancel) is true)
                return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
        await opened.DisposeAsync();
        return null;
    }

    protected override async Task Loop(CancellationToken stop)
    {
        while (line is not null && !stop.IsCancellationRequested)
            try
            {
                // Nobody sends anything here: it returns when the line breaks.
                await line.WaitAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // Whatever it was: a server that cannot tell whether it has the lock does not write.
                database.Leave();
                Work.Failed(e);
                await line.DisposeAsync();
                line = await TakeAgain(stop);
            }
    }

    async Task<NpgsqlConnection?> TakeAgain(CancellationToken cancel)
    {
        // As long as the database is away nobody writes; once it is back, the lock is ours again at once or another's.
        for (var refused = 0; refused < Tries; )
        {
            try
            {
                if (await TryDatabase(cancel) is { } again)
                {
                    database.Return();
                    Work.Went();
                    return again;
                }
                refused++;
            }
            catch (NpgsqlException e)
            {
                Work.Failed(e);
            }
            await Task.Delay(Pause, clock, cancel);
        }
        IsLost = true;
        Log.Lost(Work.Log);
        lifetime.StopApplication();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await Release();
        Dispose();
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Another server holds the database; this one stops")]
        public static partial void Lost(ILogger log);

        [LoggerMessage(2, LogLevel.Warning, "Another server holds the database still; this one waits for it to leave")]
        public static partial void Waits(ILogger log);
    }
}

/// <summary>Another server has the folder or the database; the message is for the operator.</summary>
sealed class TakenException(string message) : Exception(message);
