using System.Runtime.CompilerServices;
using Loa.Contracts.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>Rows that are kept for ever, of one module or of all; the page of sizes tells how many they have become.</summary>
/// <param name="db">The module's; every module's when none is named.</param>
public class KeptRows(string name, Type? db, IReadOnlyList<string> tables, TableSizes sizes) : IKeptKind
{
    public string Name => name;

    public virtual RetentionRule Usual => RetentionRule.Forever;

    public virtual OldAge? Then => null;

    public virtual int LeastDays => 0;

    public async Task<KindSize> Measure(CancellationToken cancel)
    {
        var size = await sizes.Of(db, tables, cancel);
        return new(size.Rows, size.Bytes);
    }

    public virtual Task<long> Due(DateTimeOffset before, CancellationToken cancel) => Task.FromResult(0L);

    public virtual IAsyncEnumerable<int> Age(DateTimeOffset before, CancellationToken cancel) =>
        AsyncEnumerable.Empty<int>();
}

/// <summary>What happens to a table's rows when they are old.</summary>
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
    IServiceScopeFactory scopes
) : KeptRows(name, typeof(TDb), tables, sizes)
    where TDb : ModuleDb
{
    // Whoever wants to write waits for so many at most.
    const int Together = 500;

    public override RetentionRule Usual => aging.Usual;

    public override OldAge? Then => aging.Then;

    public override int LeastDays => aging.LeastDays;

    public override async Task<long> Due(DateTimeOffset before, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await aging.Old(scope.ServiceProvider.GetRequiredService<TDb>(), before).LongCountAsync(cancel);
    }

    public override async IAsyncEnumerable<int> Age(
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        for (var done = Together; done == Together; )
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TDb>();
            done = await db.Atomically(() => aging.Do(aging.Old(db, before).Take(Together), cancel), cancel);
            yield return done;
        }
    }
}

/// <summary>Registers what a module keeps.</summary>
public static class KeptKinds
{
    /// <summary>Kept for ever.</summary>
    public static IServiceCollection AddKept<TDb>(this IServiceCollection services, string name, params string[] tables)
        where TDb : ModuleDb =>
        services.AddSingleton<IKeptKind>(p => new KeptRows(
            name,
            typeof(TDb),
            tables,
            p.GetRequiredService<TableSizes>()
        ));

    public static IServiceCollection AddAging<TDb, TRow>(
        this IServiceCollection services,
        string name,
        string table,
        Aging<TDb, TRow> aging
    )
        where TDb : ModuleDb =>
        services.AddSingleton<IKeptKind>(p => new AgingRows<TDb, TRow>(
            name,
            [table],
            aging,
            p.GetRequiredService<TableSizes>(),
            p.GetRequiredService<IServiceScopeFactory>()
        ));
}
