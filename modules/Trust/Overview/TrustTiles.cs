using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Trust.Overview;

/// <summary>On the home page: a leader without a key that may sign, an administrator with requests to answer.</summary>
sealed class TrustTiles(DelegationCases delegations, Orphans orphans) : IHomeTiles
{
    public async ValueTask<IReadOnlyList<HomeTile>> For(Sight sight, CancellationToken cancel)
    {
        var tiles = new List<HomeTile>();
        if (sight.May(NewsroomRights.ApproveBulletins))
            tiles.Add(await MyKey(sight.OfficerId!.Value, cancel));
        if (sight.May(TrustRights.ManageTrust))
        {
            tiles.Add(await Requests(sight.Over(TrustRights.ManageTrust), cancel));
            if (await ToBeSigned(sight, cancel) is { } due)
                tiles.Add(due);
        }
        return tiles;
    }

    async Task<HomeTile> MyKey(Guid officer, CancellationToken cancel)
    {
        var mine = await delegations.Load(
            delegations.Rows.Where(c => c.OpenedBy == officer && c.State == DelegationProcedure.Granted),
            cancel
        );
        var until = mine.Where(d => delegations.StandingOf(d) == DelegationStanding.InForce)
            .Select(d => (DateTimeOffset?)d.Document.Expires)
            .Max();
        return new(
            Words.Get("home.key"),
            Words.Get(until is null ? "home.key.none" : "home.key.ready"),
            until is { } to ? Words.Get("home.key.until", to.Shown(Precision.Day)) : null,
            "/keys",
            NeedsAction: until is null,
            Order: 80
        );
    }

    async Task<HomeTile?> ToBeSigned(Sight sight, CancellationToken cancel)
    {
        var due = await orphans.Find(null, cancel);
        var count = due.Count(d => d.Document.Units.Any(u => sight.May(TrustRights.ManageTrust, u)));
        return count == 0
            ? null
            : new(
                Words.Get("home.revocations-due"),
                count.ToString(System.Globalization.CultureInfo.CurrentCulture),
                Words.Get("home.revocations-due.note"),
                "/trust",
                NeedsAction: true,
                Order: 85
            );
    }

    async Task<HomeTile> Requests(Reach reach, CancellationToken cancel)
    {
        var count = await delegations
            .Rows.Where(c => c.State == DelegationProcedure.Asked)
            .InSight(reach)
            .CountAsync(cancel);
        return new(
            Words.Get("home.requests"),
            count.ToString(System.Globalization.CultureInfo.CurrentCulture),
            null,
            "/trust",
            NeedsAction: count > 0,
            Order: 90
        );
    }
}
