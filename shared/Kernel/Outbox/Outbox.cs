using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loa.Kernel;

/// <summary>
/// Carries a module's announcements to their receivers: at least once, in order, across restarts.
/// A receiver that fails is told again later and holds up nobody else.
/// </summary>
sealed partial class Outbox<TDb>(
    IServiceScopeFactory scopes,
    IEnumerable<Receiver> receivers,
    OutboxBell bell,
    TimeProvider clock,
    ILogger<Outbox<TDb>> log
) : BackgroundService
    where TDb : ModuleDb
{
    const int Batch = 200;
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    readonly OutboxSweep<TDb> sweep = new(scopes);
    readonly ILookup<string, Receiver> receivers = receivers
        .SelectMany(r => r.Names, (receiver, name) => (receiver, name))
        .ToLookup(r => r.name, r => r.receiver, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await Deliver(stoppingToken) == Batch)
                    continue;
                // Only when nothing waits.
                await sweep.Run(clock.Moment(), stoppingToken);
                await bell.Wait(typeof(TDb), Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database is away; what was announced is still there when it comes back.
                Log.Away(log, e, typeof(TDb).Name);
                await Task.Delay(Poll, clock, stoppingToken);
            }
        }
    }

    async Task<int> Deliver(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = clock.Moment();
        var waiting = await db
            .Announcements.Where(a => a.DoneAt == null && (a.NextAt == null || a.NextAt <= now))
            .OrderBy(a => a.Id)
            .Take(Batch)
            .ToListAsync(cancel);
        for (var first = 0; first < waiting.Count; )
        {
            List<Announcement> alike = [.. waiting.Skip(first).TakeWhile(a => a.Type == waiting[first].Type)];
            await Deliver(alike, cancel);
            first += alike.Count;
        }
        await db.SaveChangesAsync(cancel);
        return waiting.Count;
    }

    /// <param name="alike">Of one type, one after another.</param>
    async Task Deliver(List<Announcement> alike, CancellationToken cancel)
    {
        foreach (var announcement in alike)
            announcement.Failure = null;
        foreach (var receiver in receivers[alike[0].Type])
        {
            if (alike.Count > 1 && receiver.Together is not null && await Together(receiver, alike, cancel))
                continue;
            foreach (var announcement in alike)
                await Tell(receiver, announcement, cancel);
        }
        foreach (var announcement in alike)
            if (announcement.Failure is null)
                announcement.DoneAt = clock.Moment();
            else
                announcement.NextAt = clock.Moment() + Pause(++announcement.Attempts);
    }

    async Task<bool> Together(Receiver receiver, List<Announcement> alike, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await receiver.Together!(scope.ServiceProvider, alike.Select(a => a.Body), cancel);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            Log.FailedTogether(log, e, receiver.Type.Name, alike.Count, alike[0].Type);
            return false;
        }
    }

    async Task Tell(Receiver receiver, Announcement announcement, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await receiver.Hear(scope.ServiceProvider, announcement.Body, announcement.Key, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            announcement.Failure = $"{receiver.Type.Name}: {e.Message}";
            Log.Failed(log, e, receiver.Type.Name, announcement.Type, announcement.Key, announcement.Attempts + 1);
        }
    }

    static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Min(attempts, 10)) / 2));

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "{Receiver} failed on {News} {Key}, attempt {Attempt}; it will be told again"
        )]
        public static partial void Failed(
            ILogger log,
            Exception exception,
            string receiver,
            string news,
            Guid key,
            int attempt
        );

        [LoggerMessage(3, LogLevel.Warning, "{Receiver} failed on {Count} {News} together; each is told alone")]
        public static partial void FailedTogether(
            ILogger log,
            Exception exception,
            string receiver,
            int count,
            string news
        );

        [LoggerMessage(2, LogLevel.Error, "The outbox of {Db} cannot be read")]
        public static partial void Away(ILogger log, Exception exception, string db);
    }
}
