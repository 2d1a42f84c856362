using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loa.Devices.Timetables;

/// <summary>Each hour, timetables that no longer reach far enough ahead are made anew, so that a cut line costs nothing for a week.</summary>
sealed class RenewTimetables(
    IServiceScopeFactory scopes,
    MakeTimetables make,
    TimeProvider clock,
    BackgroundWork<RenewTimetables> work
) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    static readonly TimeSpan Reach = TimeSpan.FromDays(6);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => work.Every(Every, Renew, stoppingToken);

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
}
