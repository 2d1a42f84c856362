using System.Collections.Concurrent;

namespace Loa.Kernel;

/// <summary>
/// SQLite lets one write at a time, and its library has the others sleep on their threads, 150 ms at a time and in no order;
/// here they wait in order and hold no thread. On PostgreSQL those take turns that clashed and would only clash again.
/// </summary>
static class WriteTurns
{
    static readonly ConcurrentDictionary<string, SemaphoreSlim> databases = new(StringComparer.Ordinal);

    /// <param name="database">Its connection string.</param>
    /// <returns>To be disposed of when it is the next one's turn.</returns>
    public static async Task<IDisposable> Take(string database, CancellationToken cancel)
    {
        var turn = databases.GetOrAdd(database, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancel);
        return new Turn(turn);
    }

    sealed class Turn(SemaphoreSlim of) : IDisposable
    {
        public void Dispose() => of.Release();
    }
}
