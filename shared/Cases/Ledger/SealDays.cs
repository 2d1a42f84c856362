using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.Cases;

/// <summary>
/// Seals each day's acts once the day is over and each hour's once the hour is, at start and every few minutes; looks through
/// the whole ledger once a day.
/// </summary>
sealed partial class SealDays(
    IServiceScopeFactory scopes,
    IEnumerable<ModuleDbEntry> dbs,
    Ledger ledger,
    HeadChain heads,
    LedgerStatus status,
    TimeProvider clock,
    BackgroundWork<SealDays> work
) : LeaderLoop<SealDays>("cases.seal-days", work)
{
    static readonly TimeSpan Often = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LookEvery = TimeSpan.FromDays(1);
    readonly Dictionary<string, DateTimeOffset> looked = new(StringComparer.Ordinal);

    protected override async Task Loop(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Often, clock);
        do
        {
            var isAll = true;
            foreach (var entry in dbs.Where(d => d.Type.IsAssignableTo(typeof(CaseDb))))
                isAll &= await Work.Try(cancel => Seal(entry, cancel), stop, entry.Name);
            timer.Period = isAll ? Often : Outages.Soon;
        } while (await timer.WaitForNextTickAsync(stop));
    }

    async Task Seal(ModuleDbEntry entry, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = (CaseDb)scope.ServiceProvider.GetRequiredService(entry.Type);
        await Ledger.Seal(db, clock.Today(), cancel);
        await SealHour(entry.Name, db, cancel);
        await LookThrough(entry.Name, db, cancel);
    }

    async Task SealHour(string module, CaseDb db, CancellationToken cancel)
    {
        var now = clock.Moment();
        var last = await db.Heads.AsNoTracking().OrderByDescending(h => h.Number).FirstOrDefaultAsync(cancel);
        if (last is null || HourOf(last.At) < HourOf(now))
            last = await heads.Seal(db, now, cancel) ?? last;
        if (last is not null)
            status.Take(module, last);
    }

    // Not at start, when all speakers come back: the first look is a day later.
    async Task LookThrough(string module, CaseDb db, CancellationToken cancel)
    {
        var now = clock.Moment();
        if (!looked.TryAdd(module, now) && now - looked[module] >= LookEvery)
        {
            looked[module] = now;
            var report = await ledger.Verify(db, cancel);
            status.Take(module, now, report.Fault);
            if (report.Fault is { } fault)
                Log.Broken(Work.Log, module, fault);
            await LedgerNotices.Tell(db, module, report.Fault, now, cancel);
        }
    }

    static long HourOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerHour;

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The ledger of {Module} does not hold: {Fault}")]
        public static partial void Broken(ILogger log, string module, string fault);
    }
}
