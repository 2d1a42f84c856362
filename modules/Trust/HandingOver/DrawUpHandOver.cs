using System.Text;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.HandingOver;

/// <summary>An administrator fetches what the next root is to sign, for the root's keeper.</summary>
sealed class DrawUpHandOver(RootHandOver handOver, Sight sight) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/trust/root/draft", Get).RequireRight(TrustRights.ManageTrust);

    static async Task<IResult> Get(DrawUpHandOver useCase, CancellationToken cancel) =>
        TypedResults.File(
            Encoding.UTF8.GetBytes((await useCase.Run(cancel)).Text()),
            "application/json",
            "hand-over.json"
        );

    public async Task<HandOverDraft> Run(CancellationToken cancel)
    {
        sight.DemandTrust([]);
        return await handOver.DrawUp(cancel);
    }
}
