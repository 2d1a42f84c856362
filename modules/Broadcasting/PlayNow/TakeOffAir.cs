using Loa.Air;
using Loa.Broadcasting.Airings;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Kernel;

namespace Loa.Broadcasting.PlayNow;

/// <summary>
/// A bulletin was withdrawn, or the key that signed it revoked: every order of it that may still be heard is taken off the air,
/// in the name of who did it.
/// </summary>
/// <remarks>Heard twice it finds no such order any more.</remarks>
sealed class TakeOffAir(BroadcastingDb db, IReleases releases, ITrust trust, TimeProvider clock)
    : IHear<BulletinWithdrawn>,
        IHear<RevocationsChanged>
{
    public Task Hear(BulletinWithdrawn news, Guid key, CancellationToken cancel) =>
        Take(
            airing => airing.BulletinId == news.BulletinId,
            unit => new(news.PostId, news.OfficerId, news.By, unit),
            news.Why,
            cancel
        );

    public async Task Hear(RevocationsChanged news, Guid key, CancellationToken cancel)
    {
        if (!Revocations.TryRead(await trust.Revocations(cancel), out var list, out _))
            return;
        var orders = await db.OrdersSince(clock.Moment(), cancel);
        var bulletins = await releases.Find([.. orders.Select(a => a.BulletinId).Distinct()], cancel);
        var kids = list.Document.Kids.ToHashSet(StringComparer.Ordinal);
        var hit = bulletins.Values.Where(b => IsSignedBy(kids, b)).Select(b => b.BulletinId).ToHashSet();
        if (hit.Count > 0)
            await Take(
                airing => hit.Contains(airing.BulletinId),
                Actor.Server,
                Words.Get("broadcast.signer-revoked"),
                cancel
            );
    }

    static bool IsSignedBy(HashSet<string> kids, ReleasedBulletin bulletin) =>
        Release.TryRead(bulletin.Release, out var read, out _) && kids.Contains(read.KeyId);

    Task Take(Func<Airing, bool> hit, Func<Guid, Actor> actorFor, string why, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                var now = clock.Moment();
                foreach (var airing in (await db.OrdersSince(now, cancel)).Where(hit))
                {
                    var broadcast = await db.Find(Airing.Procedure, airing.Id, cancel);
                    var actor = actorFor(broadcast!.UnitId);
                    await db.Move(Airing.Procedure, airing.Id, "withdraw", new(Comment: why), actor, now, cancel);
                    db.Announce(new TimetableChanged(airing.Id, airing.Units));
                }
            },
            cancel
        );
}
