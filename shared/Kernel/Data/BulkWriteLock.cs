using System.Diagnostics;

namespace Loa.Kernel;

/// <summary>
/// One bulk writer of this process at a time: they would only clash in the database, and wait longer there than here. It is for
/// speed alone; what is right stands in each writer's transaction, whatever another node writes.
/// </summary>
/// <param name="waited">Is told how long each waited for its turn.</param>
public sealed class BulkWriteLock(Action<TimeSpan> waited) : IDisposable
{
    readonly SemaphoreSlim free = new(1);

    public async Task<TResult> Run<TResult>(Func<Task<TResult>> work, CancellationToken cancel)
    {
        var came = Stopwatch.GetTimestamp();
        await free.WaitAsync(cancel);
        waited(Stopwatch.GetElapsedTime(came));
        try
        {
            return await work();
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose() => free.Dispose();
}
