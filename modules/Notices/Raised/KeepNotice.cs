using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices.Raised;

/// <summary>Keeps what a module said, and ends what waited for somebody before it. Heard twice it is kept once.</summary>
sealed class KeepNotice(NoticesDb db, NoticeKinds kinds, NoticeBell bell) : IHear<NoticeRaised>
{
    public async Task Hear(NoticeRaised news, Guid key, CancellationToken cancel)
    {
        await db.Atomically(() => Keep(news, key, cancel), cancel);
        bell.Ring();
    }

    async Task Keep(NoticeRaised news, Guid key, CancellationToken cancel)
    {
        if (await db.Notices.AnyAsync(n => n.Key == key, cancel))
            return;
        var mustAct = kinds.MustAct;
        var waiting = await db
            .Notices.Where(n => n.About == news.About && n.EndedAt == null && mustAct.Contains(n.Kind))
            .ToListAsync(cancel);
        foreach (var before in waiting.Where(n => n.At <= news.At && n.Kind != news.Kind))
            before.EndedAt = news.At;
        // Of one thing one notice of a kind waits at a time: what grows is told by the same one.
        if (waiting.Find(n => n.Kind == news.Kind && n.OnlyFor == news.OnlyFor) is { } same)
        {
            if (same.At <= news.At)
                (same.Title, same.At) = (news.Title, news.At);
            return;
        }
        // What was told again later than what followed it waits for nobody.
        var later = await db
            .Notices.Where(n => n.About == news.About && n.At > news.At)
            .MinAsync(n => (DateTimeOffset?)n.At, cancel);
        db.Add(
            new Notice
            {
                Key = key,
                Kind = news.Kind,
                About = news.About,
                UnitId = news.UnitId,
                Link = news.Link,
                Title = news.Title,
                By = news.By,
                ByOfficer = news.ByOfficer,
                OnlyFor = news.OnlyFor,
                Urgent = news.Urgent,
                At = news.At,
                EndedAt = kinds.Find(news.Kind) is { MustAct: false } ? null : later,
            }
        );
    }
}
