using Loa.Air;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Trust.Roots;
using Microsoft.Extensions.Options;

namespace Loa.Trust.Delegations;

/// <summary>
/// What lets the server order approved content in time: its own key, delegated for timetables and commands of the whole
/// province. A demo root grants it by itself; a real root's keeper is asked for it.
/// </summary>
sealed class ServerDelegation(
    DelegationCases delegations,
    KeyFolder keys,
    ProvinceRoots roots,
    IUnits units,
    IOptions<TrustOptions> options,
    TimeProvider clock
)
{
    static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>The server's own key.</summary>
    public string Kid => keys.Server.KeyId;

    /// <summary>The delegation in force that lasts longest; null until the root granted one.</summary>
    public async Task<Signed<Delegation>?> Find(CancellationToken cancel) =>
        (await delegations.InForce(Kid, cancel)).MaxBy(d => d.Document.Expires);

    /// <summary>For speakers: of each root whose word counts the one that lasts longest.</summary>
    public async Task<IReadOnlyList<string>> Proofs(CancellationToken cancel) =>
        [
            .. (await delegations.Proofs(Kid, cancel))
                .GroupBy(d => d.KeyId)
                .Select(byRoot => byRoot.MaxBy(d => d.Document.Expires)!.Compact),
        ];

    /// <summary>Whether a renewal is due: none in force, one that soon ends, or a province that it does not cover.</summary>
    public bool IsDue(Signed<Delegation>? inForce, UnitTree tree) =>
        inForce is null
        || inForce.Document.Expires < clock.Moment() + RenewBefore
        || !tree.Roots.All(r => inForce.Document.Units.Contains(r.Id));

    /// <summary>Asks for one unless it is asked already; null when there is no unit yet to ask for.</summary>
    public async Task<DelegationCase?> Ask(CancellationToken cancel)
    {
        var tree = await units.Today(cancel);
        Guid[] province = [.. tree.Roots.Select(r => r.Id)];
        if (province.Length == 0 || roots.Today is null)
            return null;
        var asked = (await delegations.OfKey(Kid, cancel)).FirstOrDefault(d =>
            d.State == DelegationProcedure.Asked
            && d.Document.Expires > clock.Moment() + RenewBefore
            && province.All(d.Document.Units.Contains)
        );
        if (asked is not null)
            return asked;
        var now = clock.Moment();
        var wanted = new Delegation(
            Guid.CreateVersion7(),
            Kid,
            keys.Server.Public.Jwk,
            "server",
            [AirKind.Timetable, AirKind.Command],
            [AirClass.Ordinary, AirClass.Priority, AirClass.Emergency],
            province,
            now,
            now.AddDays(options.Value.MostDays)
        );
        await delegations.Ask(wanted, officer: null, proof: null, Actor.Server, cancel);
        return await delegations.Get(wanted.Id, cancel);
    }

    /// <summary>In a demo the root is at hand: asks and grants in one go.</summary>
    public async Task<Signed<Delegation>?> Renew(CancellationToken cancel)
    {
        if (await Ask(cancel) is not { } asked || roots.DemoRoot is not { } root)
            return null;
        await delegations.Grant(asked, asked.Document.Sign(root), Actor.Server, cancel);
        return await Find(cancel);
    }
}
