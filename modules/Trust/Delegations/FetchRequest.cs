using Loa.Contracts.Trust;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.Delegations;

/// <summary>An administrator takes a request to the root's keeper, as the file that <c>loa trust delegate --request</c> reads.</summary>
sealed class FetchRequest(DelegationCases delegations, Sight sight) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/trust/{id:guid}/request", Get).RequireRight(TrustRights.ManageTrust);

    static async Task<IResult> Get(Guid id, FetchRequest useCase, CancellationToken cancel) =>
        AirFile.Download(await useCase.Run(id, cancel), $"delegation-{id}");

    public async Task<Air.Delegation> Run(Guid id, CancellationToken cancel)
    {
        var asked = await delegations.Get(id, cancel);
        sight.DemandTrust(asked.Document.Units);
        return asked.Document;
    }
}
