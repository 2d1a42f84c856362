using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Raised;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices.Reading;

/// <summary>
/// The notices of whoever asks: those of units over which his posts give the right of their kind at this moment, and of what one
/// officer wants to know only his own.
/// </summary>
sealed class OwnNotices(NoticesDb db, Sight sight, NoticeKinds kinds, LiveBells bells)
{
    public IQueryable<Notice> InSight()
    {
        var me = sight.OfficerId;
        return kinds
            .All.Where(kind => sight.May(kind.Right))
            .ToLookup(kind => kind.Right, kind => kind.Name, StringComparer.Ordinal)
            .Select(right => Of([.. right], sight.Over(right.Key)))
            .Aggregate(db.Notices.AsNoTracking().Where(n => false), (all, some) => all.Concat(some))
            .Where(n => n.OnlyFor == null ? n.ByOfficer != me : n.OnlyFor == me);
    }

    /// <summary>Those that he has not read, as long as they wait for somebody or only tell something.</summary>
    public Task<IQueryable<Notice>> Unread(CancellationToken cancel) => db.UnreadBy(sight.OfficerId, InSight(), cancel);

    /// <summary>As far as a person counts.</summary>
    public async Task<int> Count(CancellationToken cancel) =>
        await (await Unread(cancel)).OrderBy(n => n.Id).Take(NoticeText.MostShown + 1).CountAsync(cancel);

    /// <summary>He has read it; null when it is not his to see.</summary>
    public async Task<Notice?> Read(long id, CancellationToken cancel)
    {
        if (
            sight.OfficerId is not { } me
            || await InSight().FirstOrDefaultAsync(n => n.Id == id, cancel) is not { } read
        )
            return null;
        await db.Atomically(
            async () =>
            {
                if (!await db.ReadMarks.AnyAsync(r => r.OfficerId == me && r.NoticeId == id, cancel))
                    db.Add(new ReadMark(me, id));
            },
            cancel
        );
        bells.RingOnlyFor(NoticeTopics.All, me);
        return read;
    }

    /// <summary>He has read all that there is so far.</summary>
    public async Task ReadAll(long upTo, CancellationToken cancel)
    {
        var me = sight.OfficerId!.Value;
        await db.Atomically(
            async () =>
            {
                var last = Math.Min(upTo, await db.Notices.MaxAsync(n => (long?)n.Id, cancel) ?? 0);
                var reader = await db.Readers.FirstOrDefaultAsync(r => r.OfficerId == me, cancel);
                if (reader is null)
                    db.Add(reader = new NoticeReader { OfficerId = me });
                reader.ReadUpTo = Math.Max(reader.ReadUpTo, last);
                await db.ReadMarks.Where(r => r.OfficerId == me && r.NoticeId <= last).ExecuteDeleteAsync(cancel);
            },
            cancel
        );
        bells.RingOnlyFor(NoticeTopics.All, me);
    }

    IQueryable<Notice> Of(List<string> names, Reach reach)
    {
        var posts = reach.Roots;
        return db
            .Notices.AsNoTracking()
            .Where(n => names.Contains(n.Kind) && (!n.AtUnitOnly || posts.Contains(n.UnitId)))
            .InSight(reach, units => n => units.Contains(n.UnitId));
    }
}
