using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.People.Sessions;

/// <summary>
/// Once a minute: writes who was seen and what was tried at the door, ends the sessions whose time is over, and forgets what is
/// older than a year.
/// </summary>
sealed class KeepSessions(
    IServiceScopeFactory scopes,
    SessionCache sessions,
    SignInLog signIns,
    IOptions<GateOptions> options,
    TimeProvider clock,
    BackgroundWork<KeepSessions> work
) : NodeLoop<KeepSessions>(work)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(366);

    protected override async Task Loop(CancellationToken stop)
    {
        try
        {
            await Work.Every(TimeSpan.FromMinutes(1), Run, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What the last minute brought is written before the house closes.
            await Work.Try(Run, CancellationToken.None);
        }
    }

    public async Task Run(CancellationToken cancel)
    {
        await signIns.Write(cancel);
        var now = clock.Moment();
        var seen = sessions.Unwritten();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        await db.Atomically(
            async () =>
            {
                foreach (var (id, at) in seen)
                    await db
                        .Sessions.Where(s => s.Id == id && s.EndedAt == null)
                        .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, at), cancel);
                await EndOver(db, now, cancel);
                await db.Sessions.Where(s => s.EndedAt < now - Kept).ExecuteDeleteAsync(cancel);
                await db.SignIns.Where(s => s.At < now - Kept).ExecuteDeleteAsync(cancel);
            },
            cancel
        );
        sessions.Written(seen, now);
    }

    async Task EndOver(PeopleDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var (idle, old) = (now - options.Value.Session, now - options.Value.LongestSession);
        var open = db.Sessions.Where(s => s.EndedAt == null);
        await open.Where(s => s.StartedAt <= old)
            .ExecuteUpdateAsync(
                s => s.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Why, SessionEnd.Age),
                cancel
            );
        await open.Where(s => s.LastSeenAt <= idle)
            .ExecuteUpdateAsync(
                s => s.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Why, SessionEnd.Idle),
                cancel
            );
    }
}
