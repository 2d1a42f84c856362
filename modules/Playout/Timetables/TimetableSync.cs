using Loa.Contracts.Gateway;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Playout.Timetables;

/// <summary>Brings to speakers the timetable that they are to hold, and makes one where there is none.</summary>
sealed class TimetableSync(IServiceScopeFactory scopes, TimetableDispatch dispatch, MakeTimetables make) : ISyncPart
{
    public async Task Bring(IReadOnlyList<HeldVersions> speakers, CancellationToken cancel)
    {
        Guid[] ids = [.. speakers.Select(s => s.Speaker)];
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlayoutDb>();
        var versions = await db
            .Timetables.AsNoTracking()
            .Where(t => ids.Contains(t.SpeakerId))
            .Select(t => new
            {
                t.SpeakerId,
                t.Version,
                t.Room,
            })
            .ToDictionaryAsync(t => t.SpeakerId, cancel);
        Guid[] behind =
        [
            .. speakers
                .Where(s => versions.GetValueOrDefault(s.Speaker) is { } made && made.Version > (s.Timetable ?? 0))
                .Where(s => versions[s.Speaker].Room == s.LargestMessage)
                .Select(s => s.Speaker),
        ];
        if (behind.Length > 0)
            await dispatch.Send(
                db,
                await db.Timetables.AsNoTracking().Where(t => behind.Contains(t.SpeakerId)).ToListAsync(cancel),
                cancel
            );
        // A speaker that is ahead of us, that takes other messages than before, or for which none was made, gets a new one: versions
        // only go forward.
        Guid[] without =
        [
            .. speakers
                .Where(s =>
                    !versions.TryGetValue(s.Speaker, out var made)
                    || made.Version < s.Timetable
                    || made.Room != s.LargestMessage
                )
                .Select(s => s.Speaker),
        ];
        if (without.Length > 0)
            await make.For(without, cancel);
    }

    public async Task<IReadOnlyList<HeldVersions>> Behind(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlayoutDb>();
        return await (
            from s in db.ThatSaidWhatTheyHold()
            join t in db.Timetables on s.Id equals t.SpeakerId into timetables
            from t in timetables.DefaultIfEmpty()
            where t == null || t.Version != s.TimetableHeld
            select s
        )
            .AsHeld()
            .ToListAsync(cancel);
    }
}
