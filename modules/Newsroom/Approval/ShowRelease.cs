using System.Text.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Approval;

/// <summary>The exact words that a leader's key is to sign; the browser signs these bytes and no others.</summary>
sealed class ShowRelease(Cases<Bulletin> cases, ReleaseTerms terms, Sight sight) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/bulletins/{id:guid}/release", Get).RequireRight(NewsroomRights.ApproveBulletins);

    static async Task<IResult> Get(
        Guid id,
        Guid[] units,
        ShowRelease useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var release = await useCase.Run(id, units, cancel);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(JsonSerializer.SerializeToUtf8Bytes(release, Release.Shape), "application/json");
    }

    /// <param name="units">Where it may be heard; the bulletin's own unit when none is named.</param>
    public async Task<Release> Run(Guid id, IReadOnlyList<Guid> units, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        // Nobody is asked to sign what would be refused.
        await cases.Demand(BulletinProcedure.Approve, bulletin, null, cancel);
        foreach (var unit in units)
            sight.Demand(NewsroomRights.ApproveBulletins, unit);
        return terms.Draw(bulletin, units.Count == 0 ? [bulletin.UnitId] : [.. units.Distinct()]);
    }
}
