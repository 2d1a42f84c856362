using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Raised;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices.Delivery;

/// <summary>Finds who is to be told of a notice by which way, and when.</summary>
sealed class Recipients(NoticesDb db, NoticeSight sights, NoticeKinds kinds, IEnumerable<IWay> ways, TimeProvider clock)
{
    readonly IWay[] offered = [.. ways.Where(w => w.IsOffered)];

    public async Task<IReadOnlyList<NoticeDelivery>> Of(Notice notice, CancellationToken cancel)
    {
        if (offered.Length == 0 || notice.EndedAt is not null || kinds.Find(notice.Kind) is not { } kind)
            return [];
        var choices = await db
            .Choices.AsNoTracking()
            .Where(c => notice.OnlyFor == null || c.OfficerId == notice.OnlyFor)
            .ToListAsync(cancel);
        var (now, found) = (clock.Moment(), new List<NoticeDelivery>());
        foreach (var choice in choices)
            if (sights.Sees(await sights.Of(choice.OfficerId, cancel), notice))
                found.AddRange(
                    from way in offered
                    where way.Carries(kind) && way.Reaches(choice)
                    let due = choice.DueAt(kind, notice.Urgent, way.Name, way.IsDaily(choice), now)
                    where due is not null
                    select new NoticeDelivery
                    {
                        NoticeId = notice.Id,
                        OfficerId = choice.OfficerId,
                        Way = way.Name,
                        DueAt = due.Value,
                    }
                );
        return found;
    }
}
