using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Approval;

/// <summary>A leader who wants other units than the bulletin's own gets the tree, only then, because it is large.</summary>
sealed class ChooseReach(Cases<Bulletin> cases, Sight sight) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/bulletins/{id:guid}/units", Get).RequireRight(NewsroomRights.ApproveBulletins);

    static async Task<IResult> Get(Guid id, ChooseReach useCase, CancellationToken cancel)
    {
        var (roots, chosen) = await useCase.Run(id, cancel);
        return UiModule.Show<UnitTreePicker>(
            new
            {
                Roots = roots,
                Chosen = chosen,
                Label = Words.Get("bulletin.reach"),
            }
        );
    }

    public async Task<(IReadOnlyList<UnitNode> Roots, IReadOnlySet<Guid> Chosen)> Run(Guid id, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        await cases.Demand(BulletinProcedure.Approve, bulletin, null, cancel);
        var roots = sight.Over(NewsroomRights.ApproveBulletins).Roots;
        return (UnitNode.Of(sight.Tree, roots, _ => 0), new HashSet<Guid> { bulletin.UnitId });
    }
}
