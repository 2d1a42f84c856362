using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loa.Devices.Timetables;

/// <summary>Each hour, timetables that no longer reach far enough ahead are made anew, so that a cut line costs nothing for a week.</summary>
sealed partial class RenewTimetables(
    IServiceScopeFactory scopes,
    MakeTimetables make,
    TimeProvider clock,
    ILogger<RenewTimetables> log
) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    static readonly TimeSpan Reach = TimeSpan.FromDays(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Renew(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(log, e);
            }
        }
    }

    async Task Renew(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var limit = clock.Moment() + Reach;
        var ending = await db
            .Timetables.AsNoTracking()
            .Where(t => t.To <= limit)
            .Select(t => t.SpeakerId)
            .ToListAsync(cancel);
        await make.For(ending, cancel);
        await make.ForgetLists(cancel);
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Timetables could not be renewed; it is tried again in an hour")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
