using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.Newsroom;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Trust.Delegations;

/// <summary>What a person's key may be asked to sign, and the right that his post must give for it; all else is never delegated to a person.</summary>
static class KeyKinds
{
    static readonly Dictionary<AirKind, string> rights = new()
    {
        [AirKind.Release] = NewsroomRights.ApproveBulletins,
        [AirKind.Placement] = DevicesRights.ClaimSpeakers,
        [AirKind.Package] = DevicesRights.UpdateSpeakers,
    };

    public static bool MayHold(this Roles roles, string role, IEnumerable<AirKind> kinds) =>
        roles.Gives(role, TrustRights.HoldKey)
        && kinds.All(kind => rights.TryGetValue(kind, out var right) && roles.Gives(role, right));

    /// <summary>All that this officer's posts let him ask for.</summary>
    public static IReadOnlyList<AirKind> Offered(Sight sight) =>
        [.. rights.Keys.Where(kind => sight.Posts.Any(p => sight.Roles.MayHold(p.Role, [kind])))];

    /// <summary>
    /// What is asked for when nothing is said: what a leader and a technician do each day. What may run on speakers is
    /// asked for by name or not at all.
    /// </summary>
    public static IReadOnlyList<AirKind> Usual(Sight sight) =>
        [.. Offered(sight).Where(kind => kind != AirKind.Package)];
}
