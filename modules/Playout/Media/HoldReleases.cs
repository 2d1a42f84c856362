using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Media;

/// <summary>A bulletin was approved: speakers may fetch its sound from now on.</summary>
sealed class HoldReleases(PlayoutDb db, TimeProvider clock) : IHear<BulletinReleased>
{
    public Task Hear(BulletinReleased news, Guid key, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                if (!await db.Releases.AnyAsync(r => r.Digest == news.Bulletin.ReleaseDigest, cancel))
                    db.Add(HeldRelease.Of(news.Bulletin, clock.Moment()));
            },
            cancel
        );
}
