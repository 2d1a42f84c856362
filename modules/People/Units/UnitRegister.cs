using System.Collections.Concurrent;
using Loa.Contracts.People;
using Loa.People.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Units;

/// <summary>The unit tree as of any day, kept in memory until an act changes it.</summary>
sealed class UnitRegister(IServiceScopeFactory scopes, TimeProvider clock) : IUnits
{
    // A visitor who leafs through a century must not fill the memory.
    const int MostTrees = 32;

    volatile Book? book;
    int edition;

    public ValueTask<UnitTree> Today(CancellationToken cancel) => AsOf(Kernel.VietnamTime.Today(clock), cancel);

    public async ValueTask<UnitTree> AsOf(DateOnly day, CancellationToken cancel) =>
        (book ?? await Read(cancel)).On(day);

    /// <summary>An act of a unit was stored: the next who asks reads anew.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref edition);
        book = null;
    }

    async Task<Book> Read(CancellationToken cancel)
    {
        var before = Volatile.Read(ref edition);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        var acts = await db
            .Acts.AsNoTracking()
            .Where(a => a.Procedure == UnitProcedure.V1.Name)
            .OrderBy(a => a.CaseId)
            .ThenBy(a => a.Seq)
            .Select(a => new
            {
                a.CaseId,
                a.Seq,
                a.Move,
                a.Patch,
            })
            .ToListAsync(cancel);
        var read = new Book([
            .. acts.Select(a => UnitStep.Read(a.CaseId, a.Seq, a.Move, a.Patch))
                .GroupBy(s => s.UnitId)
                .Select(unit => (IReadOnlyList<UnitStep>)[.. unit]),
        ]);
        // What was stored while we read may be missing here: use it once, do not keep it.
        if (before == Volatile.Read(ref edition))
            book = read;
        return read;
    }

    sealed class Book(IReadOnlyList<IReadOnlyList<UnitStep>> units)
    {
        readonly ConcurrentDictionary<DateOnly, UnitTree> trees = new();

        public UnitTree On(DateOnly day)
        {
            if (trees.Count >= MostTrees && !trees.ContainsKey(day))
                trees.Clear();
            return trees.GetOrAdd(day, d => new(d, units.Select(steps => UnitFold.On(d, steps)).OfType<Unit>()));
        }
    }
}
