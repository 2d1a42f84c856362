using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loa.Devices.Commands;

/// <summary>Collected logs are deleted after thirty days.</summary>
sealed class ForgetLogs(
    IServiceScopeFactory scopes,
    WriteLane lane,
    TimeProvider clock,
    BackgroundWork<ForgetLogs> work
) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        work.Every(TimeSpan.FromHours(1), Forget, stoppingToken, atStart: true);

    internal async Task<int> Forget(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var limit = clock.Moment() - LogPart.KeptFor;
        return await lane.Run(() => db.Logs.Where(p => p.At < limit).ExecuteDeleteAsync(cancel), cancel);
    }
}
