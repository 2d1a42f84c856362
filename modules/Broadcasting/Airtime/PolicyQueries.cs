using System.Collections.Concurrent;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Airtime;

/// <summary>What units said of their airtime, as their cases stand; remembered until they say more.</summary>
sealed class KnownPolicies
{
    /// <param name="Acts">How many acts it is read from.</param>
    public sealed record Known(int Acts, IReadOnlyList<PolicyWord> Words);

    public ConcurrentDictionary<Guid, Known> ByUnit { get; } = [];
}

/// <summary>Reads what units said of their airtime: what is known already costs one look at their cases.</summary>
sealed class PolicyQueries(BroadcastingDb db, KnownPolicies known)
{
    public async Task<AirPolicies> All(CancellationToken cancel)
    {
        var name = AirtimeProcedure.Name;
        var stands = await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == name)
            .Select(c => new
            {
                c.Id,
                c.UnitId,
                c.Seq,
            })
            .ToListAsync(cancel);
        if (stands.Count == 0)
            return AirPolicies.None;
        Guid[] behind =
        [
            .. stands.Where(c => known.ByUnit.GetValueOrDefault(c.UnitId)?.Acts != c.Seq).Select(c => c.Id),
        ];
        if (behind.Length > 0)
            foreach (
                var acts in (
                    await db
                        .Acts.AsNoTracking()
                        .Where(a => behind.Contains(a.CaseId))
                        .OrderBy(a => a.Seq)
                        .ToListAsync(cancel)
                ).GroupBy(a => a.UnitId)
            )
                known.ByUnit[acts.Key] = new(acts.Last().Seq, [.. acts.Select(PolicyPatch.Read)]);
        return new(stands.ToDictionary(c => c.UnitId, c => known.ByUnit[c.UnitId].Words));
    }
}
