using Loa.Contracts.Trust;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.Revoking;

/// <summary>An administrator fetches the list of revocations drawn up for those whose posts have ended, for the root's keeper to sign.</summary>
sealed class DrawUpRevocations(Orphans orphans, Sight sight) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/trust/revocations/due", Get).RequireRight(TrustRights.ManageTrust);

    static async Task<IResult> Get(DrawUpRevocations useCase, CancellationToken cancel) =>
        AirFile.Download(await useCase.Run(cancel), "revocations");

    public async Task<Air.Revocations> Run(CancellationToken cancel)
    {
        var due = await orphans.Find(null, cancel);
        sight.DemandTrust(due.SelectMany(d => d.Document.Units).Distinct());
        return await orphans.Next(null, cancel) ?? throw new MissingException("delegation");
    }
}
