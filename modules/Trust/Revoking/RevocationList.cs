using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.Data;
using Loa.Trust.Delegations;
using Loa.Trust.Roots;
using Microsoft.EntityFrameworkCore;

namespace Loa.Trust.Revoking;

/// <summary>The signed list of revoked keys and delegations: the version in force, the next one, and its publication.</summary>
sealed class RevocationList(
    TrustDb db,
    DelegationCases delegations,
    ProvinceRoots roots,
    IUnits units,
    TimeProvider clock
)
{
    /// <summary>The list in force; null while nothing was ever revoked.</summary>
    public async Task<Signed<Revocations>?> InForce(CancellationToken cancel)
    {
        if (roots.Today is not { } root)
            return null;
        var id = RevocationProcedure.IdOf(root.KeyId);
        var jws = await db
            .Acts.Where(a => a.CaseId == id)
            .OrderByDescending(a => a.Seq)
            .Select(a => a.Signature)
            .FirstOrDefaultAsync(cancel);
        return Revocations.TryRead(jws is null ? null : Jws.Low(jws), out var read, out _) ? read : null;
    }

    /// <summary>The next version, ready to be signed: what is in force and still matters, and this delegation, or its whole key.</summary>
    public Task<Revocations> Next(DelegationCase revoked, bool wholeKey, CancellationToken cancel) =>
        Next([revoked], wholeKey, cancel);

    public async Task<Revocations> Next(IReadOnlyList<DelegationCase> revoked, bool wholeKeys, CancellationToken cancel)
    {
        var (version, kids, ids) = await StillNeeded(cancel);
        return new(
            version + 1,
            clock.Moment(),
            [.. wholeKeys ? kids.Concat(revoked.Select(r => r.Document.Kid)).Distinct() : kids],
            [.. ids.Concat(revoked.Select(r => r.Id)).Distinct()]
        );
    }

    /// <summary>The same list under the next number, for the root that takes the place of the one of today; null when there is none.</summary>
    public async Task<Revocations?> ForNextRoot(CancellationToken cancel) =>
        await StillNeeded(cancel) is (> 0, _, _) and var (version, kids, ids)
            ? new(version + 1, clock.Moment(), kids, ids)
            : null;

    /// <summary>
    /// Takes the next version, signed by the root: what it names is revoked, the list is kept, and the other modules hear of it,
    /// all at once.
    /// </summary>
    public Task<Revocations> Publish(
        string jws,
        string comment,
        Func<IReadOnlyList<Guid>, Actor> actorOver,
        CancellationToken cancel
    )
    {
        Refuse.If(roots.Today is null, "trust.no-root");
        return Publish(jws, roots.Today, comment, actorOver, cancel);
    }

    /// <param name="root">Who has signed it: the root of today, or the one that takes its place at this moment.</param>
    public Task<Revocations> Publish(
        string jws,
        PublicKey root,
        string comment,
        Func<IReadOnlyList<Guid>, Actor> actorOver,
        CancellationToken cancel
    ) =>
        db.Atomically(
            async () =>
            {
                var list = await Check(jws, root, cancel);
                var hit = await NamedBy(list, cancel);
                var actor = actorOver([.. hit.SelectMany(d => d.Document.Units).Distinct()]);
                foreach (var delegation in hit)
                    await db.Move(
                        DelegationProcedure.Definition,
                        delegation.Id,
                        DelegationProcedure.Revoke,
                        new(Comment: comment),
                        actor,
                        clock.Moment(),
                        cancel
                    );
                await Keep(list, jws, root, actor, hit, cancel);
                db.Announce(new RevocationsChanged(checked((int)list.Version)));
                return list;
            },
            cancel
        );

    async Task<Revocations> Check(string jws, PublicKey root, CancellationToken cancel)
    {
        Refuse.Unless(Revocations.TryRead(jws, out var read, out var reason), "trust.unreadable", reason);
        Refuse.Unless(read.IsSignedBy(root), "trust.not-by-root");
        var (version, kids, ids) = await StillNeeded(cancel);
        var list = read.Document;
        Refuse.If(list.Version != version + 1, "trust.list-version", version + 1, list.Version);
        Refuse.Unless(kids.All(list.Kids.Contains) && ids.All(list.Delegations.Contains), "trust.list-forgets");
        return list;
    }

    // What is over anyway need not be carried on: the list must stay small for ever. Of what is not known here, a speaker's key
    // or a delegation made elsewhere, nobody can tell that it is over.
    async Task<(long Version, IReadOnlyList<string> Kids, IReadOnlyList<Guid> Ids)> StillNeeded(
        CancellationToken cancel
    )
    {
        if (await InForce(cancel) is not { Document: var list })
            return (0, [], []);
        var now = clock.Moment();
        var kids = new List<string>();
        foreach (var kid in list.Kids)
            if (!AreOver(await delegations.OfKey(kid, cancel), now))
                kids.Add(kid);
        var named = await delegations.Load(delegations.Rows.Where(c => list.Delegations.Contains(c.Id)), cancel);
        return (list.Version, kids, [.. list.Delegations.Where(id => !AreOver(named.Where(d => d.Id == id), now))]);
    }

    static bool AreOver(IEnumerable<DelegationCase> found, DateTimeOffset now) =>
        found.Select(d => d.Document.Expires).DefaultIfEmpty(DateTimeOffset.MaxValue).Max() <= now;

    async Task<IReadOnlyList<DelegationCase>> NamedBy(Revocations list, CancellationToken cancel) =>
        await delegations.Load(
            delegations.Rows.Where(c =>
                c.State == DelegationProcedure.Granted
                && (list.Delegations.Contains(c.Id) || list.Kids.Contains(c.Title))
            ),
            cancel
        );

    /// <summary>Keeps the version with the whole province, whichever unit it was made for: a root has one list.</summary>
    async Task Keep(
        Revocations list,
        string jws,
        PublicKey root,
        Actor actor,
        IReadOnlyList<DelegationCase> hit,
        CancellationToken cancel
    )
    {
        var id = RevocationProcedure.IdOf(root.KeyId);
        var province = (await units.Today(cancel)).Roots.FirstOrDefault()?.Id ?? hit[0].Document.Units[0];
        // The first of a root that took another's place goes on from the other's number.
        if (!await db.Cases.AnyAsync(c => c.Id == id, cancel))
            await db.Open(
                RevocationProcedure.Definition,
                id,
                province,
                RevocationProcedure.Publish,
                new(new JsonObject { ["root"] = root.KeyId, ["list_version"] = list.Version }, Signature: jws),
                actor,
                clock.Moment(),
                cancel
            );
        else
            await db.Move(
                RevocationProcedure.Definition,
                id,
                RevocationProcedure.Renew,
                new(new JsonObject { ["list_version"] = list.Version }, Signature: jws),
                actor,
                clock.Moment(),
                cancel,
                toUnit: province
            );
    }
}
