using System.ComponentModel.DataAnnotations;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Officers;

/// <summary>An administrator corrects an officer's name; old acts keep the name of their day.</summary>
sealed class RenameOfficer(OfficerCases officers) : IUseCase
{
    public record Request([MaxLength(200)] string OfficerName);

    public record Response(Guid OfficerId, string Name);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/officers/{id:guid}/name", Post).RequireRight(PeopleRights.ManageOfficers);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        RenameOfficer useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, $"/officers/{id}", await useCase.Run(id, input.Value, cancel));

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var actor = officers.Demand(await officers.Get(id, cancel));
        var name = request.OfficerName.Trim();
        await officers.Move(id, OfficerProcedure.Rename, new() { ["officer_name"] = name }, null, actor, cancel);
        return new(id, name);
    }
}
