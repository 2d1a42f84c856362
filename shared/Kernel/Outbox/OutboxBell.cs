using System.Collections.Frozen;

namespace Loa.Kernel;

/// <summary>
/// Wakes a database's outbox the moment something was announced in it, by its module or by one that lodges with it, so that an
/// emergency does not wait for a timer.
/// </summary>
public sealed class OutboxBell
{
    readonly FrozenDictionary<Type, SemaphoreSlim> bells;

    public OutboxBell(IEnumerable<ModuleDbEntry> dbs, IEnumerable<Lodger> lodgers)
    {
        var byName = dbs.ToDictionary(
            db => db.Name,
            db => (db.Type, Bell: new SemaphoreSlim(0)),
            StringComparer.Ordinal
        );
        bells = byName
            .Values.Concat(lodgers.Select(lodger => (lodger.Type, byName[lodger.Host].Bell)))
            .ToFrozenDictionary(db => db.Type, db => db.Bell);
    }

    public void Ring(Type db)
    {
        var bell = bells[db];
        if (bell.CurrentCount == 0)
            bell.Release();
    }

    public async Task Wait(Type db, TimeSpan atMost, CancellationToken cancel) =>
        await bells[db].WaitAsync(atMost, cancel);
}
