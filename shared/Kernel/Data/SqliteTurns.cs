using System.Collections.Concurrent;

namespace Loa.Kernel;

/// <summary>
/// SQLite lets one write at a time, and its library has the others sleep on their threads, 150 ms at a time and in no order;
/// here they wait in order and hold no thread.
/// </summary>
static class SqliteTurns
{
    static readonly ConcurrentDictionary<string, SemaphoreSlim> files = new(StringComparer.Ordinal);

    /// <param name="file">The database's connection string.</param>
    /// <returns>To be disposed of when it is the next one's turn.</returns>
    public static async Task<IDisposable> Take(string file, CancellationToken cancel)
    {
        var turn = files.GetOrAdd(file, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancel);
        return new Turn(turn);
    }

    sealed class Turn(SemaphoreSlim of) : IDisposable
    {
        public void Dispose() => of.Release();
    }
}
