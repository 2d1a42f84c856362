using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Loa.Newsroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Approval;

/// <summary>Tells the other modules which bulletins are approved, and by what word.</summary>
sealed class Releases(NewsroomDb db, ITrust trust, IUnits units, TimeProvider clock) : IReleases
{
    public async ValueTask<ReleasedBulletin?> Find(Guid bulletinId, CancellationToken cancel) =>
        (await Find([bulletinId], cancel)).GetValueOrDefault(bulletinId);

    public async ValueTask<IReadOnlyDictionary<Guid, ReleasedBulletin>> Find(
        IReadOnlyCollection<Guid> bulletinIds,
        CancellationToken cancel
    )
    {
        var rows = await db
            .Cases.AsNoTracking()
            .Where(c =>
                bulletinIds.Contains(c.Id)
                && c.Procedure == BulletinProcedure.Definition.Name
                && c.State == BulletinProcedure.Approved
            )
            .ToListAsync(cancel);
        Guid[] ids = [.. rows.Select(r => r.Id)];
        // Approved once: who is withdrawn is approved no more.
        var signatures = await db
            .Acts.Where(a => ids.Contains(a.CaseId) && a.Move == BulletinProcedure.Approve)
            .ToDictionaryAsync(a => a.CaseId, a => a.Signature!, cancel);

        var found = new Dictionary<Guid, ReleasedBulletin>();
        var delegations = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var (bulletin, signature) = (Case.Of(BulletinProcedure.Definition, row), signatures[row.Id]);
            found[row.Id] = Of(bulletin, signature, await DelegationsFor(bulletin, signature, delegations, cancel));
        }
        return found;
    }

    public async ValueTask<IReadOnlyList<ReleasedBulletin>> Latest(
        IReadOnlyCollection<Guid>? units,
        int most,
        CancellationToken cancel
    )
    {
        var now = clock.Moment();
        var ids = await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == BulletinProcedure.Definition.Name && c.State == BulletinProcedure.Approved)
            .Where(c => units == null || units.Contains(c.UnitId))
            .OrderByDescending(c => c.MovedAt)
            .Select(c => c.Id)
            .Take(most)
            .ToListAsync(cancel);
        var found = await Find(ids, cancel);
        return [.. ids.Select(found.GetValueOrDefault).OfType<ReleasedBulletin>().Where(b => b.ValidTo > now)];
    }

    public async ValueTask<AiredBulletin?> Aired(Guid bulletinId, CancellationToken cancel) =>
        await db.Find(BulletinProcedure.Definition, bulletinId, cancel) is { } found
        && Bulletin.Of(found) is { Sound: { } sound } aired
            ? new(aired.Id, aired.UnitId, aired.Text, sound.Digest, sound.Duration, sound.Peaks)
            : null;

    public async ValueTask<ReleaseFault?> Fault(
        ReleasedBulletin bulletin,
        IReadOnlyCollection<Guid> places,
        CancellationToken cancel
    )
    {
        var tree = await units.Today(cancel);
        var chain = await trust.ChainWith(bulletin.Delegations, cancel);
        var now = clock.Moment();
        var reason = bulletin
            .Units.Where(released => places.Any(place => tree.IsInside(place, released)))
            .Select(released => chain.Verify(Jws.Low(bulletin.Release), new ReleaseRule(tree.PathOf(released), now)))
            // What is not in force yet will be.
            .Where(verdict => !verdict.Ok && verdict.Reason != Refusal.ReleaseEarly)
            .Select(verdict => verdict.Reason)
            .FirstOrDefault();
        return reason is null
            ? null
            : new(
                reason == Refusal.DelegationRevoked,
                Words.Get(
                    "release.fault",
                    await ApproverOf(bulletin.BulletinId, cancel),
                    Words.Get("release.reason." + reason)
                )
            );
    }

    Task<string> ApproverOf(Guid bulletin, CancellationToken cancel) =>
        db
            .Acts.Where(a => a.CaseId == bulletin && a.Move == BulletinProcedure.Approve)
            .OrderByDescending(a => a.Seq)
            .Select(a => a.By)
            .FirstAsync(cancel);

    public static ReleasedBulletin Of(Case bulletin, string signature, IReadOnlyList<string> delegations) =>
        new(
            bulletin.Id,
            bulletin.Title,
            bulletin.UnitId,
            AirWord.Read<AirClass>(bulletin.Text("class")),
            bulletin.Text("audio"),
            bulletin.Number("length"),
            TimeSpan.FromMilliseconds(bulletin.Number("duration_ms")),
            [.. bulletin.Texts("units").Select(Guid.Parse)],
            DateTimeOffset.FromUnixTimeMilliseconds(bulletin.Number("valid_from")),
            DateTimeOffset.FromUnixTimeMilliseconds(bulletin.Number("valid_to")),
            signature,
            bulletin.Text("release"),
            delegations
        );

    // The delegations of today, because they are renewed while a release lasts;
    // those of the approval when none is in force any more, so that the speakers say why they refuse.
    async ValueTask<IReadOnlyList<string>> DelegationsFor(
        Case bulletin,
        string signature,
        Dictionary<string, IReadOnlyList<string>> known,
        CancellationToken cancel
    )
    {
        if (!Release.TryRead(signature, out var read, out _))
            return bulletin.Texts("delegations");
        if (!known.TryGetValue(read.KeyId, out var now))
            known[read.KeyId] = now = await trust.DelegationsOf(read.KeyId, cancel);
        return now.Count > 0 ? now : bulletin.Texts("delegations");
    }
}
