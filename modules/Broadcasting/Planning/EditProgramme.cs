using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Planning;

/// <summary>The page on which a programme is planned or changed: what can be chosen, and what is chosen already.</summary>
sealed class EditProgramme(
    Cases<Programme> cases,
    IReleases releases,
    ISpeakers speakers,
    Sight sight,
    TimeProvider clock
) : IUseCase
{
    const int Most = 200;

    /// <param name="Offered">The bulletins of the programme in their order, then the others.</param>
    public sealed record Response(
        Programme? Programme,
        IReadOnlyList<ReleasedBulletin> Offered,
        IReadOnlyList<UnitNode> Roots,
        DateOnly First
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/programmes/new", (Guid? bulletin) => Show(null, bulletin))
            .RequireRight(BroadcastingRights.OrderBroadcasts);
        routes
            .MapGet("/programmes/{id:guid}/edit", (Guid id) => Show(id, null))
            .RequireRight(BroadcastingRights.OrderBroadcasts);
    }

    static IResult Show(Guid? id, Guid? bulletin) =>
        UiModule.Show<EditProgrammePage>(new { Id = id, Bulletin = bulletin });

    public async Task<Response> Run(Guid? id, CancellationToken cancel)
    {
        var programme = id is { } given ? await cases.See(given, cancel) : null;
        if (programme is not null)
            await cases.Demand(ProgrammeProcedure.Change, programme, null, cancel);
        var over = sight.Over(BroadcastingRights.OrderBroadcasts);
        // What those above have approved for his units may be his to play too.
        var near = sight.Tree.Below([.. over.Roots])?.Concat(over.Roots.SelectMany(sight.Tree.PathOf)).ToHashSet();
        var latest = await releases.Latest(over.Everywhere ? null : near, Most, cancel);
        var mine = programme?.Plan.Items.Select(item => item.Bulletin).Distinct().ToList() ?? [];
        var chosen = await releases.Find(mine, cancel);
        var counts = await speakers.ByUnit([.. over.Roots], cancel);
        return new(
            programme,
            [
                .. mine.Select(chosen.GetValueOrDefault).OfType<ReleasedBulletin>(),
                .. latest.Where(b => !mine.Contains(b.BulletinId) && Reaches(b, over)),
            ],
            UnitNode.Of(sight.Tree, over.Roots, unit => counts.GetValueOrDefault(unit)),
            clock.Today().AddDays(1)
        );
    }

    // Only where both the release and a post of his reach.
    bool Reaches(ReleasedBulletin bulletin, Reach over) =>
        bulletin.Class != Air.AirClass.Emergency
        && bulletin.Units.Any(unit => over.Holds(unit) || over.Roots.Any(root => sight.Tree.IsInside(root, unit)));
}
