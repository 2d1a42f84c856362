using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Raised;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices.Delivery;

/// <summary>Keeps what a module said, and ends what waited for somebody before it. Heard twice it is kept once.</summary>
sealed class KeepNotice(NoticesDb db, NoticeKinds kinds, Recipients recipients, LiveBells bells, TimeProvider clock)
    : IHear<NoticeRaised>
{
    public async Task Hear(NoticeRaised news, Guid key, CancellationToken cancel)
    {
        await db.Atomically(() => Keep(news, key, cancel), cancel);
        bells.RingOnlyFor(NoticeTopics.All, default);
    }

    // The announcement came twice, or who made it heard twice of what happened.
    Task<bool> IsKept(NoticeRaised news, Guid key, CancellationToken cancel) =>
        db.Notices.AnyAsync(
            n =>
                n.Key == key
                || (n.About == news.About && n.Kind == news.Kind && n.At == news.At && n.OnlyFor == news.OnlyFor),
            cancel
        );

    async Task<bool> Settled(NoticeRaised news, DateTimeOffset now, CancellationToken cancel)
    {
        var before = await db.Notices.FirstOrDefaultAsync(
            n => n.About == news.About && n.Kind == NoticeRaised.Settled,
            cancel
        );
        if (before is null)
            return false;
        before.At = news.At > before.At || before.At > now ? news.At : before.At;
        return true;
    }

    async Task Keep(NoticeRaised news, Guid key, CancellationToken cancel)
    {
        if (await IsKept(news, key, cancel))
            return;
        // Of one thing one notice waits at a time: what grows is told by the last one. What a clock that went wrong dated into
        // the future ends nothing, and is ended by whatever comes.
        var (mustAct, now) = (kinds.MustAct, clock.Moment());
        await db
            .Notices.Where(n =>
                n.About == news.About
                && n.EndedAt == null
                && (n.At <= news.At || n.At > now)
                && mustAct.Contains(n.Kind)
            )
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.EndedAt, news.At), cancel);
        // However often a thing goes well, that is one row.
        if (news.Kind == NoticeRaised.Settled && await Settled(news, now, cancel))
            return;
        // What was told again later than what followed it waits for nobody.
        var later = await db
            .Notices.Where(n => n.About == news.About && n.At > news.At && n.At <= now)
            .MinAsync(n => (DateTimeOffset?)n.At, cancel);
        var notice = new Notice
        {
            Key = key,
            Kind = news.Kind,
            About = news.About,
            UnitId = news.UnitId,
            Link = news.Link,
            Title = news.Title,
            Detail = news.Detail,
            By = news.By,
            ByOfficer = news.ByOfficer,
            OnlyFor = news.OnlyFor,
            Urgent = news.Urgent,
            AtUnitOnly = news.AtUnitOnly,
            At = news.At,
            EndedAt = kinds.Find(news.Kind) is { MustAct: false } ? null : later,
        };
        db.Add(notice);
        await db.SaveChangesAsync(cancel);
        db.AddRange(await recipients.Of(notice, cancel));
    }
}
