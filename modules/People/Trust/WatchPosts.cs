using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loa.People.Trust;

/// <summary>Posts also end by themselves, at midnight or with their unit: what hung on them is looked for again and again.</summary>
sealed partial class WatchPosts(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WatchPosts> log)
    : BackgroundService
{
    static readonly TimeSpan Often = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Often, clock);
        // At start too: the server may have been killed between a lock and what follows from it.
        do
        {
            try
            {
                await Run(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(log, e);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public async Task Run(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Orphans>().Revoke(null, Words.Get("trust.post-over"), cancel);
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Delegations of ended posts could not be taken back; it is tried again soon")]
        public static partial void Failed(ILogger log, Exception exception);
    }
}
