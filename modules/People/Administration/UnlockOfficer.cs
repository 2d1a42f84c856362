using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Officers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Administration;

/// <summary>An administrator lets an officer in again.</summary>
sealed class UnlockOfficer(OfficerCases officers) : IUseCase
{
    public record Response(Guid OfficerId, string State);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers/{id:guid}/unlock", Post).RequireRight(PeopleRights.ManageOfficers);

    static async Task<IResult> Post(Guid id, UnlockOfficer useCase, HttpContext http, CancellationToken cancel) =>
        Answer.Done(http, $"/officers/{id}", await useCase.Run(id, cancel));

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        officers.RefuseOneself(id);
        var actor = officers.Demand(await officers.Get(id, cancel));
        await officers.Move(id, OfficerProcedure.Unlock, null, null, actor, cancel);
        return new(id, OfficerProcedure.Active);
    }
}
