using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Trust;

/// <summary>Who may decide about a delegation: one who manages trust over every unit that it covers.</summary>
static class TrustAuthority
{
    public static ActingOfficer DemandTrust(this Sight sight, IEnumerable<Guid> units)
    {
        // For units that are gone, or for none, the whole province is asked about.
        Guid[] here = [.. units.Where(u => sight.Tree.Find(u) is not null)];
        ActingOfficer? actor = null;
        foreach (var unit in here.Length > 0 ? here : sight.Tree.Roots.Select(r => r.Id))
            actor = sight.Demand(TrustRights.ManageTrust, unit);
        return actor ?? throw new ForbiddenException(TrustRights.ManageTrust);
    }
}
