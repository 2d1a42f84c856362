using System.ComponentModel.DataAnnotations;
using Loa.Cases;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Trust.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.Delegations;

/// <summary>An administrator turns a request down and says why.</summary>
sealed class DeclineDelegation(TrustDb db, DelegationCases delegations, Sight sight, TimeProvider clock) : IUseCase
{
    public record Request([Prose, MaxLength(2000)] string Reason);

    public record Response(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/trust/{id:guid}/decline", Post).RequireRight(TrustRights.ManageTrust);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        DeclineDelegation useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(id, input.Value, cancel);
        http.Say("trust.declined");
        return Answer.Done(http, "/trust", response);
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var asked = await delegations.Get(id, cancel);
        await db.Move(
            DelegationProcedure.Definition,
            id,
            DelegationProcedure.Decline,
            new(Comment: request.Reason),
            sight.DemandTrust(asked.Document.Units),
            clock.Moment(),
            cancel
        );
        return new(id, DelegationProcedure.Declined);
    }
}
