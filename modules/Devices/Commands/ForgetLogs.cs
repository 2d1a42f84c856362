using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loa.Devices.Commands;

/// <summary>Collected logs are deleted after thirty days.</summary>
sealed partial class ForgetLogs(
    IServiceScopeFactory scopes,
    WriteLane lane,
    TimeProvider clock,
    ILogger<ForgetLogs> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                await Forget(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(log, e);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task<int> Forget(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var limit = clock.Moment() - LogPart.KeptFor;
        return await lane.Run(() => db.Logs.Where(p => p.At < limit).ExecuteDeleteAsync(cancel), cancel);
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Old logs could not be deleted; it is tried again in an hour")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
