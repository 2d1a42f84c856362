using Loa.Air;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Loa.Trust.Roots;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust;

/// <summary>Answers the other modules about keys and delegations, and signs for them what the server's key may sign.</summary>
sealed class ProvinceTrust(KeyFolder keys, ProvinceRoots roots, IServiceScopeFactory scopes, IUnits units)
    : ITrust,
        IDisposable
{
    readonly SemaphoreSlim renewing = new(1);

    public PublicKey? Root => roots.Today;

    public IReadOnlyList<string> RootChanges => [.. roots.Changes.Select(c => c.Compact)];

    public bool IsDemoRoot => roots.DemoRoot is not null;

    public async ValueTask<IReadOnlyList<string>> DelegationsOf(string kid, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<DelegationCases>().Proofs(kid, cancel);
        return [.. found.Select(d => d.Compact)];
    }

    public async ValueTask<IReadOnlyList<string>> KeysOf(Guid officerId, string kind, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DelegationCases>().KeysOf(officerId, kind, cancel);
    }

    public async ValueTask<string?> Revocations(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<RevocationList>().InForce(cancel))?.Compact;
    }

    public async ValueTask<Chain> ChainWith(IEnumerable<string> delegations, CancellationToken cancel)
    {
        // Read once: it may change meanwhile.
        var root = roots.Today;
        Refuse.If(root is null, "trust.no-root");
        var chain = new Chain(root);
        foreach (var delegation in delegations)
            chain.Learn(delegation);
        if (await Revocations(cancel) is { } revocations)
            chain.Revoke(revocations);
        return chain;
    }

    public async ValueTask<SignedByServer> Sign(string type, ReadOnlyMemory<byte> payload, CancellationToken cancel) =>
        (await SignMany(type, [payload], cancel))[0];

    public async ValueTask<IReadOnlyList<SignedByServer>> SignMany(
        string type,
        IReadOnlyList<ReadOnlyMemory<byte>> payloads,
        CancellationToken cancel
    )
    {
        // The key could sign anything; the server lends it for these two only.
        if (type != Timetable.Type && type != Command.Type)
            throw new ArgumentException($"The server's key does not sign a {type}.", nameof(type));
        var proofs = await ServerDelegations(cancel);
        var signed = new SignedByServer[payloads.Count];
        Parallel.For(
            0,
            payloads.Count,
            new() { CancellationToken = cancel },
            i => signed[i] = new(Jws.Sign(keys.Server, type, payloads[i].Span), proofs)
        );
        return signed;
    }

    public string SignTime(ReadOnlySpan<byte> payload) => Jws.Sign(keys.Server, ToldTime.Type, payload);

    public string SignAck(ReadOnlySpan<byte> payload) => Jws.Sign(keys.Server, Acknowledgement.Type, payload);

    public ValueTask<SignedPlacement> Place(ReadOnlyMemory<byte> placementPayload, CancellationToken cancel)
    {
        var root = roots.DemoRoot;
        Refuse.If(root is null, "trust.placement-by-hand");
        return new(new SignedPlacement(Jws.Sign(root, Placement.Type, placementPayload.Span), []));
    }

    public async Task TakeBack(Guid officerId, HolderGone why, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reason = why == HolderGone.Locked ? Words.Get("trust.officer-locked") : Words.Get("trust.post-over");
        await scope.ServiceProvider.GetRequiredService<Orphans>().Revoke(officerId, reason, cancel);
    }

    /// <summary>The server's delegation, as each root signed it whose word counts; a demo root renews it when it is due.</summary>
    public async ValueTask<IReadOnlyList<string>> ServerDelegations(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var server = scope.ServiceProvider.GetRequiredService<ServerDelegation>();
        var tree = await units.Today(cancel);
        var found = await server.Find(cancel);
        if (IsDemoRoot && server.IsDue(found, tree))
            found = await RenewOnce(server, tree, cancel) ?? found;
        Refuse.If(found is null, "trust.server-not-delegated");
        return await server.Proofs(cancel);
    }

    async Task<Signed<Delegation>?> RenewOnce(ServerDelegation server, UnitTree tree, CancellationToken cancel)
    {
        await renewing.WaitAsync(cancel);
        try
        {
            // Who waited here finds what the one before him made.
            var found = await server.Find(cancel);
            return server.IsDue(found, tree) ? await server.Renew(cancel) : found;
        }
        finally
        {
            renewing.Release();
        }
    }

    public void Dispose() => renewing.Dispose();
}
