using Loa.Air;
using Loa.Contracts.People;
using Loa.Kernel;

namespace Loa.Newsroom.Approval;

/// <summary>Makes the judge that speakers have: the root of today, these delegations, what is revoked now.</summary>
sealed class ReleaseChain(ITrust trust)
{
    public async Task<Chain> For(IReadOnlyList<string> delegations, CancellationToken cancel)
    {
        Refuse.If(trust.Root is null, "release.no-root");
        var chain = new Chain(trust.Root);
        foreach (var delegation in delegations)
            chain.Learn(delegation);
        if (await trust.Revocations(cancel) is { } revocations)
            chain.Revoke(revocations);
        return chain;
    }
}
