using System.Collections.Concurrent;
using Loa.Cluster;
using Loa.Contracts.People;
using Loa.People.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.People.Units;

/// <summary>The unit tree as of any day, kept in memory until an act changes it.</summary>
sealed partial class UnitRegister(IServiceScopeFactory scopes, TimeProvider clock, ILogger<UnitRegister> log)
    : IUnits,
        INodeCache
{
    // A visitor who leafs through a century must not fill the memory.
    const int MostTrees = 32;

    readonly ConcurrentDictionary<LastingFault, bool> told = new();
    volatile Book? book;
    int edition;

    public ValueTask<UnitTree> Today(CancellationToken cancel) => AsOf(Kernel.VietnamTime.Today(clock), cancel);

    public async ValueTask<UnitTree> AsOf(DateOnly day, CancellationToken cancel) =>
        (book ?? await Read(cancel)).On(day);

    /// <summary>Where the acts make no tree, on any day.</summary>
    public async ValueTask<IReadOnlyList<LastingFault>> Faults(CancellationToken cancel) =>
        (book ?? await Read(cancel)).Faults;

    void INodeCache.Forget(Guid changed)
    {
        Interlocked.Increment(ref edition);
        book = null;
    }

    async Task<Book> Read(CancellationToken cancel)
    {
        var before = Volatile.Read(ref edition);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        var read = new Book(await UnitHistory.Read(db, cancel));
        Tell(read.Faults);
        // What was stored while we read may be missing here: use it once, do not keep it.
        if (before == Volatile.Read(ref edition))
            book = read;
        return read;
    }

    // Once for each thing that is wrong, not for each who asks.
    void Tell(IReadOnlyList<LastingFault> faults)
    {
        foreach (var fault in faults)
            if (told.TryAdd(fault, true))
                Log.NotATree(log, fault.UnitId, fault.Kind, fault.From, fault.To, fault.Named);
    }

    sealed class Book(UnitHistory history)
    {
        readonly ConcurrentDictionary<DateOnly, UnitTree> trees = new();
        readonly Lazy<IReadOnlyList<LastingFault>> faults = new(history.Faults);

        public IReadOnlyList<LastingFault> Faults => faults.Value;

        public UnitTree On(DateOnly day)
        {
            if (trees.Count >= MostTrees && !trees.ContainsKey(day))
                trees.Clear();
            return trees.GetOrAdd(day, history.On);
        }
    }

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "The acts of unit {Unit} make no tree ({Kind}) from {From} to {To}: it names {Parent} as its parent and is hung under the root; an administrator mends it at /units/faults"
        )]
        public static partial void NotATree(
            ILogger log,
            Guid unit,
            UnitFaultKind kind,
            DateOnly from,
            DateOnly? to,
            Guid parent
        );
    }
}
