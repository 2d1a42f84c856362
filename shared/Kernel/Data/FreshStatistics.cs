using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>
/// Has each database look how much of what it holds, at start and each night once the day is sealed: it finds its way by what
/// is there, and not by what was there in its first week.
/// </summary>
sealed class FreshStatistics(
    IServiceScopeFactory scopes,
    IEnumerable<ModuleDbEntry> dbs,
    IEnumerable<Lodger> lodgers,
    TimeProvider clock,
    BackgroundWork<FreshStatistics> work
) : LeaderLoop<FreshStatistics>("kernel.fresh-statistics", work)
{
    static readonly TimeSpan AfterMidnight = TimeSpan.FromHours(1);

    protected override async Task Loop(CancellationToken stop)
    {
        while (true)
        {
            foreach (var entry in dbs)
                await Work.Until(cancel => Look(entry, cancel), stop, entry.Name);
            var next = VietnamTime.StartOf(clock.Today().AddDays(1)) + AfterMidnight;
            await Task.Delay(next - clock.Moment(), clock, stop);
        }
    }

    async Task Look(ModuleDbEntry entry, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Look(Db(entry.Type), [.. lodgers.Where(l => l.Host == entry.Name).Select(l => Db(l.Type))], cancel);

        ModuleDb Db(Type type) => (ModuleDb)scope.ServiceProvider.GetRequiredService(type);
    }

    static async Task Look(ModuleDb db, IReadOnlyList<ModuleDb> lodging, CancellationToken cancel)
    {
        if (db.Database.IsSqlite())
        {
            // A few hundred rows of each index: milliseconds, however many there are.
            await db.Atomically(
                () => db.Database.ExecuteSqlRawAsync("PRAGMA analysis_limit = 400; ANALYZE;", cancel),
                cancel
            );
            // A connection reads what was found when it is opened.
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
            return;
        }
        var tables = lodging
            .Prepend(db)
            .SelectMany(d => d.Model.GetEntityTypes())
            .Select(e => e.GetTableName())
            .OfType<string>()
            .Distinct();
#pragma warning disable EF1002 // Names come from the model.
        foreach (var table in tables)
            await db.Database.ExecuteSqlRawAsync($"ANALYZE \"{table}\"", cancel);
#pragma warning restore EF1002
    }
}
