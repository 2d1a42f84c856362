using Loa.Kernel;
using Loa.People.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Sessions;

/// <summary>An officer's open sessions and the latest that ended, as he and his administrator see them.</summary>
sealed class SessionList(PeopleDb db, SessionCache sessions, Sight sight)
{
    const int Ended = 10;

    /// <param name="IsThis">The one that asks.</param>
    /// <param name="Why">A word of <see cref="SessionEnd"/>; null while it is open.</param>
    public record Row(
        Guid Id,
        DateTimeOffset StartedAt,
        DateTimeOffset LastSeenAt,
        string Network,
        string Device,
        DateTimeOffset? EndedAt,
        string? Why,
        bool IsThis
    );

    public async Task<IReadOnlyList<Row>> Of(Guid officerId, CancellationToken cancel)
    {
        var his = db.Sessions.AsNoTracking().Where(s => s.OfficerId == officerId).OrderByDescending(s => s.StartedAt);
        var open = await his.Where(s => s.EndedAt == null).ToListAsync(cancel);
        var ended = await his.Where(s => s.EndedAt != null).Take(Ended).ToListAsync(cancel);
        var seen = sessions.Unwritten();
        return
        [
            .. open.Concat(ended)
                .Select(s => new Row(
                    s.Id,
                    s.StartedAt,
                    seen.TryGetValue(s.Id, out var at) ? at : s.LastSeenAt,
                    s.Network,
                    s.Device,
                    s.EndedAt,
                    s.Why,
                    s.Id == sight.SessionId
                )),
        ];
    }
}
