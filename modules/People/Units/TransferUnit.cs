using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Units;

/// <summary>An administrator records that a unit, with all below it, belongs to another unit from a day on.</summary>
sealed class TransferUnit(UnitCases cases, Sight sight) : IUseCase
{
    public record Request(Guid Parent, DateOnly? Effective);

    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/units/{id:guid}/parent", Post).RequireRight(PeopleRights.ManageUnits);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        TransferUnit useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, $"/units/{id}", await useCase.Run(id, input.Value, cancel));

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var effective = request.Effective ?? sight.Tree.Day;
        var (_, _, actor) = await cases.Demand(id, effective, cancel);
        sight.Demand(PeopleRights.ManageUnits, request.Parent);
        var patch = new System.Text.Json.Nodes.JsonObject { ["parent"] = request.Parent.ToString() };
        await cases.Move(id, UnitProcedure.Transfer, patch, effective, null, actor, cancel);
        return new(id);
    }
}
