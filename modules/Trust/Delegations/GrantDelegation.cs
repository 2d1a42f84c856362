using System.ComponentModel.DataAnnotations;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Jose;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.Delegations;

/// <summary>An administrator brings back what the root's keeper signed; the signature is the grant, he only carries it.</summary>
sealed class GrantDelegation(DelegationCases delegations, IPosts posts, Sight sight) : IUseCase
{
    public record Request([MaxLength(16 * 1024)] string Jws);

    public record Response(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/trust/{id:guid}/grant", Post).RequireRight(TrustRights.ManageTrust);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        GrantDelegation useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(id, input.Value, cancel);
        http.Say("trust.granted");
        return Answer.Done(http, "/trust", response);
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var asked = await delegations.Get(id, cancel);
        var actor = sight.DemandTrust(asked.Document.Units);
        // He may have lost the post between asking and signing.
        if (asked.OfficerId is { } officer)
            Refuse.Unless(
                sight.Roles.Covers(
                    sight.Tree,
                    await posts.Of(officer, cancel),
                    asked.Document.Kinds,
                    asked.Document.Units
                ),
                "trust.post-ended"
            );
        await delegations.Grant(asked, Jws.Low(request.Jws.Trim()), actor, cancel);
        return new(id, DelegationProcedure.Granted);
    }
}
