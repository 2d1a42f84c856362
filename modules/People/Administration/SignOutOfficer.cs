using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Officers;
using Loa.People.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Administration;

/// <summary>An administrator ends all sessions of an officer, who may sign in again.</summary>
sealed class SignOutOfficer(OfficerCases officers, SessionEnds ends) : IUseCase
{
    public record Response(Guid OfficerId);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers/{id:guid}/sign-out", Post).RequireRight(PeopleRights.ManageOfficers);

    static async Task<IResult> Post(Guid id, SignOutOfficer useCase, HttpContext http, CancellationToken cancel) =>
        Answer.Done(http, $"/officers/{id}", await useCase.Run(id, cancel));

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var actor = officers.Demand(await officers.Get(id, cancel));
        await ends.With(
            id,
            SessionEnd.Administrator,
            () => officers.Move(id, OfficerProcedure.SignOut, null, null, actor, cancel),
            cancel
        );
        return new(id);
    }
}
