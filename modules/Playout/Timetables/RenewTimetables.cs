using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Playout.Timetables;

/// <summary>
/// Each hour, timetables that no longer reach far enough ahead are made anew, so that a cut line costs nothing for a week. What
/// had no room in one is looked at again before it is due.
/// </summary>
sealed class RenewTimetables(
    IServiceScopeFactory scopes,
    MakeTimetables make,
    TimeProvider clock,
    BackgroundWork<RenewTimetables> work
) : LeaderLoop<RenewTimetables>("devices.renew-timetables", work)
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>How often timetables that are full are filled up.</summary>
    public static readonly TimeSpan Often = TimeSpan.FromMinutes(5);

    static readonly TimeSpan Reach = TimeSpan.FromDays(6);

    // Time enough to fetch the sound of what had no room before.
    static readonly TimeSpan Ready = TimeSpan.FromMinutes(30);

    DateTimeOffset hour = clock.Moment() + Every;

    protected override Task Loop(CancellationToken stop) => Work.Every(Often, Look, stop);

    async Task Look(CancellationToken cancel)
    {
        var now = clock.Moment();
        if (now < hour)
        {
            await Renew(now + Ready, cancel);
            return;
        }
        await Renew(now + Reach, cancel);
        await ForgetLists(now - Every, cancel);
        hour = now + Every;
    }

    internal async Task Renew(DateTimeOffset limit, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlayoutDb>();
        var ending = await db
            .Timetables.AsNoTracking()
            .Where(t => t.To <= limit)
            .Select(t => t.SpeakerId)
            .ToListAsync(cancel);
        await make.For(ending, cancel);
    }

    // Lists that no speaker is to hold any more; none that somebody may be reading at this moment.
    async Task ForgetLists(DateTimeOffset limit, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlayoutDb>();
        var timetables = db.Timetables;
        await db.Atomically(
            () =>
                db
                    .ItemLists.Where(l => l.Since < limit && !timetables.Any(t => t.Content == l.Digest))
                    .ExecuteDeleteAsync(cancel),
            cancel
        );
    }
}
