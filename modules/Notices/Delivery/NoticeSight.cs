using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Notices.Raised;

namespace Loa.Notices.Delivery;

/// <summary>Whether an officer who is not asking may see a notice at this moment: the same as when he looks, from memory.</summary>
sealed class NoticeSight(IUnits units, IPosts posts, ISessions sessions, Roles roles, NoticeKinds kinds)
{
    public async ValueTask<Sight> Of(Guid officer, CancellationToken cancel)
    {
        var sight = new Sight(units, posts, sessions, roles);
        await sight.Load(officer, cancel);
        return sight;
    }

    public bool Sees(Sight sight, Notice notice) =>
        kinds.Find(notice.Kind) is { } kind
        && (notice.OnlyFor is null ? notice.ByOfficer != sight.OfficerId : notice.OnlyFor == sight.OfficerId)
        && sight.Sees(kind.Right, notice.UnitId)
        && (!notice.AtUnitOnly || sight.Posts.Any(p => p.UnitId == notice.UnitId && roles.Gives(p.Role, kind.Right)));
}
