using System.ComponentModel.DataAnnotations;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Units;

/// <summary>An administrator records a unit's new name, from a day on.</summary>
sealed class RenameUnit(UnitCases cases, Sight sight) : IUseCase
{
    public record Request([MaxLength(200)] string UnitName, DateOnly? Effective);

    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/units/{id:guid}/name", Post).RequireRight(PeopleRights.ManageUnits);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        RenameUnit useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, $"/units/{id}", await useCase.Run(id, input.Value, cancel));

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var effective = request.Effective ?? sight.Tree.Day;
        var (_, _, actor) = await cases.Demand(id, effective, cancel);
        var patch = new System.Text.Json.Nodes.JsonObject { ["unit_name"] = request.UnitName.Trim() };
        await cases.Move(id, UnitProcedure.Rename, patch, effective, null, actor, cancel);
        return new(id);
    }
}
