using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.Data;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Loa.Trust.Roots;
using Microsoft.EntityFrameworkCore;

namespace Loa.Trust.HandingOver;

/// <summary>
/// Another root takes the place of the one of today. What is in force goes with it in the same act, so that nobody who could sign
/// before cannot sign after.
/// </summary>
sealed class RootHandOver(
    TrustDb db,
    ProvinceRoots roots,
    DelegationCases delegations,
    ServerDelegation server,
    RevocationList list,
    IUnits units,
    TimeProvider clock
)
{
    public async Task<HandOverDraft> DrawUp(CancellationToken cancel)
    {
        var chain = roots.ReadAnew(db);
        Refuse.If(chain is null, "trust.no-root");
        Refuse.If(await server.Find(cancel) is null, "trust.server-not-delegated");
        var now = clock.Moment();
        var granted = await delegations.Load(
            delegations.Rows.Where(c => c.State == DelegationProcedure.Granted),
            cancel
        );
        return new(
            chain.Root.KeyId,
            chain.RootChanges.Count + 1,
            [
                // A key that was given up waits for its revocation; it is not to live on by another root.
                .. granted
                    .Where(d =>
                        !d.IsGivenUp
                        && d.StandingAt(now, chain.Root) is DelegationStanding.InForce or DelegationStanding.Early
                    )
                    .Select(d => d.SignedBy(chain.Root)!.Document),
            ],
            await list.ForNextRoot(cancel)
        );
    }

    /// <summary>Takes what the keeper signed; from then on the next root holds, and the one of today beside it until its end.</summary>
    public async Task<RootChange> Take(HandOverPapers papers, Actor actor, string comment, CancellationToken cancel)
    {
        await db.Atomically(
            async () =>
            {
                var before = Check(papers);
                await CheckServer(papers, cancel);
                var province = (await units.Today(cancel)).Roots.FirstOrDefault()?.Id ?? Guid.Empty;
                // Heard in this order: a list by a root that nobody knows yet would be refused.
                db.Announce(new RootChanged(papers.Next.KeyId));
                await db.Open(
                    RootProcedure.Definition,
                    RootProcedure.IdOf(before.KeyId),
                    province,
                    RootProcedure.HandOver,
                    new(Fields(before, papers), comment, papers.Change.Compact),
                    actor,
                    clock.Moment(),
                    cancel
                );
                foreach (var signed in papers.Delegations)
                    await delegations.Reissue(
                        await delegations.Get(signed.Document.Id, cancel),
                        signed.Compact,
                        papers.Next,
                        actor,
                        cancel
                    );
                if (papers.Revocations is { } next)
                    await list.Publish(next, papers.Next, comment, _ => actor, cancel);
            },
            cancel
        );
        // Here at once; the other nodes hear the news.
        roots.Forget();
        return papers.Change.Document;
    }

    // As every speaker will judge it.
    PublicKey Check(HandOverPapers papers)
    {
        var chain = roots.ReadAnew(db);
        Refuse.If(chain is null, "trust.no-root");
        Refuse.If(chain.RootChanges.Count >= RootMessage.MostRoots, "trust.root-most", RootMessage.MostRoots);
        var before = chain.Root;
        var verdict = chain.Follow(papers.Change.Compact);
        Refuse.If(verdict.Reason == Refusal.RootOlder, "trust.root-changed");
        Refuse.Unless(verdict.Ok, "trust.not-by-root");
        Refuse.If(papers.Change.Document.Expires <= clock.Moment(), "trust.over");
        return before;
    }

    // It also proves that somebody has the next root's key: a change is never taken back.
    async Task CheckServer(HandOverPapers papers, CancellationToken cancel)
    {
        var own = await server.Find(cancel);
        Refuse.If(own is null, "trust.server-not-delegated");
        Refuse.Unless(papers.Delegations.Any(d => d.Document.Id == own.Document.Id), "trust.root-forgets-server");
        Refuse.If(papers.Revocations is null && await list.ForNextRoot(cancel) is not null, "trust.list-forgets");
    }

    static JsonObject Fields(PublicKey before, HandOverPapers papers) =>
        new()
        {
            ["root"] = before.KeyId,
            ["next_root"] = papers.Next.KeyId,
            ["root_version"] = papers.Change.Document.Version,
            ["exp"] = papers.Change.Document.Expires.ToUnixTimeMilliseconds(),
        };
}
