using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Orders;

/// <summary>A leader chooses where an approved bulletin is played now, and sees how many speakers that is.</summary>
sealed class ChooseUnits(IReleases releases, ISpeakers speakers, Sight sight, TimeProvider clock) : IUseCase
{
    /// <param name="Peaks">Of its sound, see <see cref="AiredBulletin"/>.</param>
    public sealed record Response(
        ReleasedBulletin Bulletin,
        IReadOnlyList<float> Peaks,
        IReadOnlyList<UnitNode> Roots,
        Guid Order
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/broadcasts/new", Show).RequireRight(BroadcastingRights.OrderBroadcasts);

    static IResult Show(Guid bulletin) => UiModule.Show<ChooseUnitsPage>(new { Bulletin = bulletin });

    public async Task<Response> Run(Guid bulletinId, CancellationToken cancel)
    {
        var bulletin = await releases.Approved(bulletinId, clock.Moment(), cancel);

        // Only where both the release and his own post reach.
        Guid[] roots =
        [
            .. bulletin
                .Units.SelectMany(released =>
                    sight.May(BroadcastingRights.OrderBroadcasts, released)
                        ? [released]
                        : sight
                            .Over(BroadcastingRights.OrderBroadcasts)
                            .Roots.Where(own => sight.Tree.IsInside(own, released))
                )
                .Distinct(),
        ];
        if (roots.Length == 0)
            throw new ForbiddenException(BroadcastingRights.OrderBroadcasts);

        var counts = await speakers.ByUnit(roots, cancel);
        var nodes = UnitNode.Of(sight.Tree, roots, unit => counts.GetValueOrDefault(unit));
        var sound = await releases.Aired(bulletinId, cancel);
        return new(bulletin, sound?.Peaks ?? [], nodes, Guid.CreateVersion7());
    }
}
