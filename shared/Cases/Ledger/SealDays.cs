using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loa.Cases;

/// <summary>Seals each day's acts once the day is over, at start and every quarter of an hour.</summary>
sealed partial class SealDays(
    IServiceScopeFactory scopes,
    IEnumerable<ModuleDbEntry> dbs,
    TimeProvider clock,
    ILogger<SealDays> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(15), clock);
        do
        {
            foreach (var entry in dbs.Where(d => d.Type.IsAssignableTo(typeof(CaseDb))))
                await Seal(entry, stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task Seal(ModuleDbEntry entry, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await Ledger.Seal((CaseDb)scope.ServiceProvider.GetRequiredService(entry.Type), clock.Today(), cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Failed(log, e, entry.Name);
        }
    }

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "The days of {Module} could not be sealed; it is tried again in a quarter of an hour"
        )]
        public static partial void Failed(ILogger log, Exception exception, string module);
    }
}
