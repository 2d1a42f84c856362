using Loa.Cases;
using Loa.Jose;
using Loa.Trust.Delegations;
using Loa.Trust.Roots;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust;

/// <summary>Signs the ledger's heads with the server's key; knows them again, also those of a key it had before by a root's leave.</summary>
sealed class LedgerSigner(KeyFolder keys, ProvinceRoots roots, IServiceScopeFactory scopes) : ILedgerSigner
{
    const int MostBytes = 2_000;

    public string Sign(ReadOnlySpan<byte> payload) => Jws.Sign(keys.Server, Head.Type, payload);

    public async Task<ILedgerKeys> Keys(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var delegations = scope.ServiceProvider.GetRequiredService<DelegationCases>();
        var all = await delegations.Load(
            // The server asks for itself: no officer opened it.
            delegations.Rows.Where(c => c.OpenedBy == Guid.Empty),
            cancel
        );
        var known = new Dictionary<string, PublicKey>(StringComparer.Ordinal)
        {
            [keys.Server.KeyId] = keys.Server.Public,
        };
        foreach (var root in roots.All)
        foreach (var delegation in all.Where(d => d.OfficerId is null).Select(d => d.SignedBy(root.Key)))
            if (delegation is not null && PublicKey.TryFrom(delegation.Document.Jwk, out var key))
                known[key.KeyId] = key;
        return new Known(known);
    }

    sealed class Known(Dictionary<string, PublicKey> keys) : ILedgerKeys
    {
        public bool Signed(string jws, ReadOnlySpan<byte> payload) =>
            Jws.TryRead(jws, MostBytes, out var document, out _)
            && document.Type == Head.Type
            && document.Payload.SequenceEqual(payload)
            && keys.TryGetValue(document.KeyId, out var key)
            && document.TryVerify(key);
    }
}
