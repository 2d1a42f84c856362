using System.Collections.Concurrent;
using Loa.Contracts.Ledger;

namespace Loa.Server.Ledger;

/// <summary>
/// The newest head of each module that is kept in one place already. A later head proves all before it, so an earlier one
/// that is told again, because another place failed, need not be kept again.
/// </summary>
sealed class NewestOf
{
    readonly ConcurrentDictionary<string, long> numbers = new(StringComparer.Ordinal);

    public IReadOnlyList<LedgerSealed> Newer(IReadOnlyList<LedgerSealed> told) =>
        [.. told.Where(h => h.Number > numbers.GetValueOrDefault(h.Module))];

    public void Take(IReadOnlyList<LedgerSealed> kept)
    {
        foreach (var head in kept)
            numbers.AddOrUpdate(head.Module, head.Number, (_, before) => Math.Max(before, head.Number));
    }
}
