namespace Loa.Ui;

/// <summary>Lets the parts of one page ask one after the other: they share a request's connection to the database.</summary>
sealed class AskTurn : IDisposable
{
    readonly SemaphoreSlim free = new(1);

    /// <returns>To be disposed of when the answer is there.</returns>
    public async ValueTask<IDisposable> Take(CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        return new Taken(free);
    }

    public void Dispose() => free.Dispose();

    sealed class Taken(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
