using Loa.Cluster;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Security;
using Loa.People.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.People.SignIn;

/// <summary>Lets an officer in whose password was right: a session begins, the sign-in is noted, the device is known from now on.</summary>
sealed class Arrival(
    PeopleDb db,
    INodeCaches caches,
    SignInLog log,
    DeviceCookie devices,
    LastTime last,
    IOptions<GateOptions> options,
    TimeProvider clock
)
{
    // The list of past stays is for looking back, not for ever.
    const int Remembered = 100;

    public async Task<LastTime.Response> Run(HttpContext http, Account account, string name, CancellationToken cancel)
    {
        var visitor = Visitor.Of(http, devices);
        await log.Write(cancel);
        var before = await last.Before(account.Id, null, cancel);
        var now = clock.Moment();
        var session = new Session
        {
            Id = Guid.CreateVersion7(),
            OfficerId = account.Id,
            StartedAt = now,
            LastSeenAt = now,
            Network = visitor.Network,
            Device = visitor.Device,
        };
        await db.Atomically(
            async () =>
            {
                await MakeRoom(account.Id, now, cancel);
                db.Add(session);
            },
            cancel
        );
        caches.Forget<SessionCache>(account.Id);
        log.Note(account.Id, visitor, SignInOutcome.In);
        devices.Remember(http, account);
        await SessionCookie.Give(http, session, name);
        return before;
    }

    async Task MakeRoom(Guid officerId, DateTimeOffset now, CancellationToken cancel)
    {
        var his = db.Sessions.Where(s => s.OfficerId == officerId);
        var open = await his.Where(s => s.EndedAt == null)
            .OrderByDescending(s => s.StartedAt)
            .Skip(options.Value.Sessions - 1)
            .ToListAsync(cancel);
        foreach (var session in open)
            (session.EndedAt, session.Why) = (now, SessionEnd.TooMany);
        db.RemoveRange(
            await his.Where(s => s.EndedAt != null)
                .OrderByDescending(s => s.StartedAt)
                .Skip(Remembered)
                .ToListAsync(cancel)
        );
    }
}
