using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>Deletes announcements that everybody heard, a week after, and what was noted of hearing them, a quarter of a year after: some at a time.</summary>
sealed class OutboxSweep<TDb>(IServiceScopeFactory scopes)
    where TDb : ModuleDb
{
    const int AtOnce = 1_000;
    static readonly TimeSpan every = TimeSpan.FromHours(1);
    static readonly TimeSpan keptFor = TimeSpan.FromDays(7);

    // Longer than any announcement waits for a receiver that fails.
    static readonly TimeSpan heardKeptFor = TimeSpan.FromDays(90);

    DateTimeOffset next;

    public async Task Run(DateTimeOffset now, CancellationToken cancel)
    {
        if (now < next)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var (done, heard) = (now - keptFor, now - heardKeptFor);
        // The oldest stand first, and one that nobody could hear yet keeps none behind it.
        var oldest = await db
            .Announcements.Where(a => a.DoneAt != null && a.DoneAt < done)
            .OrderBy(a => a.Id)
            .Select(a => a.Id)
            .Take(AtOnce)
            .ToListAsync(cancel);
        var gone = await db.Announcements.Where(a => oldest.Contains(a.Id)).ExecuteDeleteAsync(cancel);
        gone = Math.Max(
            gone,
            await db
                .HeardAnnouncements.Where(h =>
                    db.HeardAnnouncements.Where(o => o.At < heard)
                        .OrderBy(o => o.At)
                        .Take(AtOnce)
                        .Any(o => o.Key == h.Key && o.Receiver == h.Receiver)
                )
                .ExecuteDeleteAsync(cancel)
        );
        next = gone == AtOnce ? now : now + every;
    }
}
