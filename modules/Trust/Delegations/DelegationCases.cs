using System.Text.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.Data;
using Loa.Trust.Roots;
using Microsoft.EntityFrameworkCore;

namespace Loa.Trust.Delegations;

/// <summary>Asks for, grants and finds delegations. What the root granted is checked here before it is believed.</summary>
sealed class DelegationCases(TrustDb db, ProvinceRoots roots, TimeProvider clock)
{
    /// <summary>All of them, for lists and counts.</summary>
    public IQueryable<CaseRow> Rows
    {
        get
        {
            var name = DelegationProcedure.Definition.Name;
            return db.Cases.AsNoTracking().Where(c => c.Procedure == name);
        }
    }

    public async Task<DelegationCase> Get(Guid id, CancellationToken cancel) =>
        await db.FindWithActs(DelegationProcedure.Definition, id, cancel) is { } found
            ? DelegationCase.Of(found)
            : throw new MissingException("delegation");

    /// <summary>All delegations of a key, the latest asked first.</summary>
    public Task<IReadOnlyList<DelegationCase>> OfKey(string kid, CancellationToken cancel) =>
        Load(Rows.Where(c => c.Title == kid), cancel);

    /// <summary>How it stands now, by the root of today.</summary>
    public DelegationStanding StandingOf(DelegationCase delegation) =>
        delegation.StandingAt(clock.Moment(), roots.Today);

    /// <summary>Those in force by the root of today, newest first.</summary>
    public async Task<IReadOnlyList<Signed<Delegation>>> InForce(string kid, CancellationToken cancel)
    {
        // Before the rows: what a root signed stays among them when another takes its place meanwhile.
        var root = roots.Today;
        return By(root, await OfKey(kid, cancel));
    }

    /// <summary>
    /// What may be shown to a speaker as proof: those in force by the root of today, then what a root of before signed, for
    /// speakers that have not taken the change yet.
    /// </summary>
    public async Task<IReadOnlyList<Signed<Delegation>>> Proofs(string kid, CancellationToken cancel)
    {
        PublicKey[] holding = [.. roots.Holding.Reverse()];
        var all = await OfKey(kid, cancel);
        return [.. holding.SelectMany(root => By(root, all))];
    }

    /// <summary>The ids of an officer's own keys that may sign now, newest first.</summary>
    public async Task<IReadOnlyList<string>> KeysOf(Guid officer, string kind, CancellationToken cancel)
    {
        var root = roots.Today;
        var his = await Load(Rows.Where(c => c.OpenedBy == officer), cancel);
        return
        [
            .. By(root, his.Where(d => d.OfficerId == officer))
                .Where(d => d.Document.Kinds.Any(k => IsWord(k, kind)))
                .Select(d => d.Document.Kid)
                .Distinct(),
        ];
    }

    IReadOnlyList<Signed<Delegation>> By(PublicKey? root, IEnumerable<DelegationCase> all)
    {
        var now = clock.Moment();
        return
        [
            .. all.Where(d => d.StandingAt(now, root) == DelegationStanding.InForce)
                .OrderByDescending(d => d.Document.NotBefore)
                .Select(d => d.SignedBy(root)!),
        ];
    }

    static bool IsWord(AirKind kind, string word) => kind.ToString().Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Folds the cases of these rows, the latest asked first.</summary>
    public async Task<IReadOnlyList<DelegationCase>> Load(IQueryable<CaseRow> rows, CancellationToken cancel)
    {
        var ids = await rows.Select(c => c.Id).ToListAsync(cancel);
        var acts = await db
            .Acts.AsNoTracking()
            .Where(a => ids.Contains(a.CaseId))
            .OrderBy(a => a.CaseId)
            .ThenBy(a => a.Seq)
            .ToListAsync(cancel);
        return
        [
            .. acts.GroupBy(a => a.CaseId)
                .Select(chain => DelegationCase.Of(CaseWithActs.Of(DelegationProcedure.Definition, [.. chain])))
                .OrderByDescending(d => d.AskedAt),
        ];
    }

    /// <summary>How many of an officer's requests nobody has answered yet.</summary>
    Task<int> WaitingOf(Guid officer, CancellationToken cancel) =>
        Rows.CountAsync(c => c.OpenedBy == officer && c.State == DelegationProcedure.Asked, cancel);

    /// <summary>Records that somebody asks. The document's id becomes the case's.</summary>
    /// <param name="mostWaiting">Refused when so many of the officer's wait already; asked where it is stored.</param>
    public Task Ask(
        Delegation wanted,
        Guid? officer,
        string? proof,
        Actor actor,
        CancellationToken cancel,
        int mostWaiting = int.MaxValue
    )
    {
        var patch = DelegationCase.Cover(wanted);
        patch["key_id"] = wanted.Kid;
        patch["public_key"] = JsonSerializer.SerializeToNode(wanted.Jwk);
        patch["holder"] = wanted.Name;
        if (officer is { } id)
            patch["officer"] = id.ToString();
        if (proof is not null)
            patch["proof"] = proof;
        return db.Atomically(
            async () =>
            {
                if (officer is { } asking)
                    Refuse.If(await WaitingOf(asking, cancel) >= mostWaiting, "keys.too-many-waiting", mostWaiting);
                await db.Open(
                    DelegationProcedure.Definition,
                    wanted.Id,
                    wanted.Units[0],
                    DelegationProcedure.Ask,
                    new(patch.DeepClone().AsObject()),
                    actor,
                    clock.Moment(),
                    cancel
                );
            },
            cancel
        );
    }

    /// <summary>Records the root's signature, if it is by our root, for this request, and for no more than was asked.</summary>
    public Task Grant(DelegationCase asked, string jws, Actor actor, CancellationToken cancel)
    {
        Refuse.If(roots.Today is null, "trust.no-root");
        return Sign(asked, DelegationProcedure.Grant, jws, roots.Today, actor, cancel);
    }

    /// <summary>Records that the root which takes the place of the one of today grants the same, or less.</summary>
    public Task Reissue(DelegationCase granted, string jws, PublicKey next, Actor actor, CancellationToken cancel) =>
        Sign(granted, DelegationProcedure.Reissue, jws, next, actor, cancel);

    Task Sign(DelegationCase asked, string move, string jws, PublicKey root, Actor actor, CancellationToken cancel)
    {
        var granted = Check(asked.Document, jws, root);
        return db.Move(
            DelegationProcedure.Definition,
            asked.Id,
            move,
            new(DelegationCase.Cover(granted), Signature: jws),
            actor,
            clock.Moment(),
            cancel
        );
    }

    Delegation Check(Delegation asked, string jws, PublicKey root)
    {
        Refuse.Unless(Delegation.TryRead(jws, out var read, out var reason), "trust.unreadable", reason);
        Refuse.Unless(read.IsSignedBy(root), "trust.not-by-root");
        var granted = read.Document;
        Refuse.If(granted.Id != asked.Id || granted.Kid != asked.Kid, "trust.not-this-request");
        Refuse.Unless(
            granted.Kinds.All(asked.Kinds.Contains)
                && granted.Classes.All(asked.Classes.Contains)
                && granted.Units.All(asked.Units.Contains)
                && granted.NotBefore >= asked.NotBefore
                && granted.Expires <= asked.Expires,
            "trust.more-than-asked"
        );
        Refuse.If(granted.Expires <= clock.Moment(), "trust.over");
        return granted;
    }
}
