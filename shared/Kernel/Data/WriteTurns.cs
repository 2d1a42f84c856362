using System.Collections.Concurrent;

namespace Loa.Kernel;

/// <summary>
/// SQLite lets one write at a time, and its library has the others sleep on their threads, 150 ms at a time and in no order;
/// here they wait in order and hold no thread. On PostgreSQL many write at once, and whoever clashed and would only clash again
/// takes a turn in which nobody else of this process begins. It orders who waits; the database keeps them apart.
/// </summary>
sealed class WriteTurns : IDisposable
{
    static readonly ConcurrentDictionary<string, WriteTurns> databases = new(StringComparer.Ordinal);

    // A long write that is under way holds up nobody else: after this the turn is taken beside it.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    readonly SemaphoreSlim turn = new(1);
    readonly Lock state = new();
    int sharing;
    TaskCompletionSource? open;
    TaskCompletionSource? empty;

    /// <param name="database">Its connection string.</param>
    public static WriteTurns Of(string database) => databases.GetOrAdd(database, _ => new WriteTurns());

    /// <returns>To be disposed of when it is the next one's turn.</returns>
    public async Task<IDisposable> Take(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        var taken = new Leaving(GiveBack);
        try
        {
            if (Close() is { } left)
                await left.WaitAsync(Patience, cancel);
        }
        catch (TimeoutException)
        {
            // It may clash again, and then has another turn.
        }
        catch
        {
            taken.Dispose();
            throw;
        }
        return taken;
    }

    /// <summary>Beside all others who share, unless somebody has the turn.</summary>
    public async Task<IDisposable> Share(CancellationToken cancel)
    {
        while (true)
        {
            Task wait;
            lock (state)
            {
                if (open is null)
                {
                    sharing++;
                    return new Leaving(Leave);
                }
                wait = open.Task;
            }
            await wait.WaitAsync(cancel);
        }
    }

    public void Dispose() => turn.Dispose();

    // Until when the last who shares is through; null when nobody is.
    Task? Close()
    {
        lock (state)
        {
            open = new(TaskCreationOptions.RunContinuationsAsynchronously);
            empty = sharing == 0 ? null : new(TaskCreationOptions.RunContinuationsAsynchronously);
            return empty?.Task;
        }
    }

    void GiveBack()
    {
        lock (state)
        {
            open?.TrySetResult();
            (open, empty) = (null, null);
        }
        turn.Release();
    }

    void Leave()
    {
        lock (state)
            if (--sharing == 0)
                empty?.TrySetResult();
    }

    sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
