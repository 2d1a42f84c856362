using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Newsroom.Data;

namespace Loa.Newsroom.Bulletins;

/// <summary>The author learns what became of his bulletin on the air.</summary>
/// <remarks>Told twice, it is the same notice of the same moment.</remarks>
sealed class TellAuthor(NewsroomDb db) : IHear<BroadcastEnded>
{
    static readonly Dictionary<BroadcastEnding, string> kinds = new()
    {
        [BroadcastEnding.Played] = BulletinNotices.Played,
        [BroadcastEnding.Unheard] = BulletinNotices.Unheard,
        [BroadcastEnding.Stopped] = BulletinNotices.Stopped,
    };

    public Task Hear(BroadcastEnded news, Guid key, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                if (await db.Find(BulletinProcedure.Definition, news.BulletinId, cancel) is not { } bulletin)
                    return;
                db.Announce(
                    new NoticeRaised(
                        kinds[news.Ending],
                        news.BroadcastId,
                        bulletin.UnitId,
                        $"/broadcasts/{news.BroadcastId}",
                        bulletin.Title,
                        news.At
                    )
                    {
                        OnlyFor = bulletin.OpenedBy,
                        ByOfficer = news.OfficerId,
                        By = news.By,
                        Detail = $"{news.Heard}/{news.Speakers}",
                    }
                );
            },
            cancel
        );
}
