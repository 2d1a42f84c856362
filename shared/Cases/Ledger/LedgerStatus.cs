using System.Collections.Concurrent;
using Loa.Contracts.Ledger;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cases;

/// <summary>Keeps at hand how each module's ledger stands: its newest head, and what the last look through it found.</summary>
public sealed class LedgerStatus(IServiceScopeFactory scopes, IEnumerable<ModuleDbEntry> dbs, LedgerAnchors anchors)
    : ILedgerHead,
        ILedgerStates
{
    readonly ConcurrentDictionary<string, LedgerHead> newest = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, (DateTimeOffset At, string? Fault)> looks = new(StringComparer.Ordinal);

    public IReadOnlyList<LedgerHead> Newest => [.. newest.Values.OrderBy(h => h.Module, StringComparer.Ordinal)];

    public bool IsAnchored => anchors.Any;

    internal void Take(string module, Head head) =>
        newest[module] = new(module, head.Number, head.At, head.Hash, head.Jws);

    internal void Take(string module, DateTimeOffset at, string? fault) => looks[module] = (at, fault);

    public async Task<IReadOnlyList<LedgerState>> All(CancellationToken cancel)
    {
        var states = new List<LedgerState>();
        foreach (var entry in dbs.Where(d => d.Type.IsAssignableTo(typeof(CaseDb))))
        {
            await using var scope = scopes.CreateAsyncScope();
            var heads = ((CaseDb)scope.ServiceProvider.GetRequiredService(entry.Type))
                .Heads.AsNoTracking()
                .OrderByDescending(h => h.Number);
            var head = await heads.FirstOrDefaultAsync(cancel);
            var kept = await heads.FirstOrDefaultAsync(h => h.AnchoredAt != null, cancel);
            var looked = looks.TryGetValue(entry.Name, out var look);
            states.Add(
                new(
                    entry.Name,
                    head?.Number ?? 0,
                    head?.At,
                    head?.Jws is not null,
                    kept?.AnchoredAt,
                    kept?.Number,
                    looked ? look.At : null,
                    looked ? look.Fault : null
                )
            );
        }
        return states;
    }

    /// <summary>Records that a head is kept outside now.</summary>
    public async Task Anchored(string module, long number, DateTimeOffset at, CancellationToken cancel)
    {
        var entry = dbs.First(d => d.Name == module);
        await using var scope = scopes.CreateAsyncScope();
        var db = (CaseDb)scope.ServiceProvider.GetRequiredService(entry.Type);
        await db
            .Heads.Where(h => h.Number == number && h.AnchoredAt == null)
            .ExecuteUpdateAsync(h => h.SetProperty(x => x.AnchoredAt, at), cancel);
    }
}

/// <summary>Whether heads are kept anywhere outside this server.</summary>
public sealed record LedgerAnchors(bool Any);
