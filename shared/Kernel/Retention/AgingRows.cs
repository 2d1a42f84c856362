using System.Runtime.CompilerServices;
using Loa.Contracts.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>What happens to a table's rows when they are old.</summary>
/// <param name="Then">What <paramref name="Do"/> does; rows that may be deleted may be archived as well.</param>
/// <param name="Old">Those older than a moment to which it has not happened yet, the oldest first.</param>
/// <param name="Do">Does it to all of them, and tells how many there were.</param>
public sealed record Aging<TDb, TRow>(
    OldAge Then,
    RetentionRule Usual,
    int LeastDays,
    Func<TDb, DateTimeOffset, IQueryable<TRow>> Old,
    Func<IQueryable<TRow>, CancellationToken, Task<int>> Do
);

/// <summary>Rows that grow old, some at a time.</summary>
public sealed class AgingRows<TDb, TRow>(
    string name,
    IReadOnlyList<string> tables,
    Aging<TDb, TRow> aging,
    TableSizes sizes,
    IArchives archives,
    IServiceScopeFactory scopes
) : KeptRows(name, typeof(TDb), tables, sizes)
    where TDb : ModuleDb
    where TRow : class
{
    // Whoever wants to write waits for so many at most.
    const int Together = 500;

    // A file of some megabytes at most is made in memory.
    const int InFile = 10_000;

    public override RetentionRule Usual => aging.Usual;

    public override IReadOnlyList<OldAge> Ages =>
        aging.Then == OldAge.Delete ? [OldAge.Archive, OldAge.Delete] : [aging.Then];

    public override int LeastDays => aging.LeastDays;

    public override async Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await aging.Old(Db(scope), before).LongCountAsync(cancel);
    }

    public override IAsyncEnumerable<int> Age(OldAge then, DateTimeOffset before, CancellationToken cancel) =>
        then == OldAge.Archive ? Archived(before, cancel) : Done(before, cancel);

    async IAsyncEnumerable<int> Done(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var done = Together; done == Together; )
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = Db(scope);
            done = await db.Atomically(() => aging.Do(aging.Old(db, before).Take(Together), cancel), cancel);
            yield return done;
        }
    }

    async IAsyncEnumerable<int> Archived(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var kept = InFile; kept == InFile; )
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = Db(scope);
            var old = await aging.Old(db, before).AsNoTracking().Take(InFile).ToListAsync(cancel);
            var text = new RowText(db.Model.FindEntityType(typeof(TRow))!);
            kept = await archives.Keep(Name, before, old.Select(text.Of).ToAsyncEnumerable(), cancel);
            // Exactly those that were written; killed before, they are written once more.
            foreach (var part in old.Chunk(Together))
            {
                await Delete(part, cancel);
                yield return part.Length;
            }
        }
    }

    async Task Delete(TRow[] rows, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = Db(scope);
        await db.Atomically(
            () =>
            {
                db.RemoveRange(rows);
                return db.SaveChangesAsync(cancel);
            },
            cancel
        );
    }

    static TDb Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<TDb>();
}
