using Loa.Contracts.Newsroom;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Media;

/// <summary>A bulletin was approved: speakers may fetch its sound from now on.</summary>
sealed class HoldReleases(DevicesDb db, TimeProvider clock) : IHear<BulletinReleased>
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
