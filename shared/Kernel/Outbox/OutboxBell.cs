using System.Collections.Concurrent;

namespace Loa.Kernel;

/// <summary>Wakes a module's outbox the moment something was announced, so that an emergency does not wait for a timer.</summary>
public sealed class OutboxBell
{
    readonly ConcurrentDictionary<Type, SemaphoreSlim> bells = new();

    public void Ring(Type db)
    {
        var bell = BellOf(db);
        if (bell.CurrentCount == 0)
            bell.Release();
    }

    public async Task Wait(Type db, TimeSpan atMost, CancellationToken cancel) =>
        await BellOf(db).WaitAsync(atMost, cancel);

    SemaphoreSlim BellOf(Type db) => bells.GetOrAdd(db, _ => new SemaphoreSlim(0));
}
