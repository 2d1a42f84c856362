using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.Revoking;

/// <summary>An administrator brings back the list of revocations that the root's keeper signed; from then on it is in force.</summary>
sealed class PublishRevocations(RevocationList list, Sight sight) : IUseCase
{
    public record Request([MaxLength(16 * 1024)] string Jws, [Prose, MaxLength(2000)] string Reason);

    public record Response(long Version);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/trust/revocations", Post).RequireRight(TrustRights.ManageTrust);

    static async Task<IResult> Post(
        Input<Request> input,
        PublishRevocations useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(input.Value, cancel);
        http.Say("trust.revoked");
        return Answer.Done(http, "/trust", response);
    }

    public async Task<Response> Run(Request request, CancellationToken cancel) =>
        new(
            (
                await list.Publish(
                    Jws.Low(request.Jws.Trim()),
                    request.Reason,
                    units => sight.DemandTrust(units),
                    cancel
                )
            ).Version
        );
}
