using System.ComponentModel.DataAnnotations;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Units;

/// <summary>An administrator records that a unit is no more from a day on. What belonged to it must have gone elsewhere by then.</summary>
sealed class DissolveUnit(UnitCases cases, Sight sight) : IUseCase
{
    public record Request(DateOnly? Effective, [Prose, MaxLength(2000)] string? Reason);

    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/units/{id:guid}/dissolve", Post).RequireRight(PeopleRights.ManageUnits);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        DissolveUnit useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, $"/units/{id}", await useCase.Run(id, input.Value, cancel));

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var effective = request.Effective ?? sight.Tree.Day;
        var (unit, _, actor) = await cases.Demand(id, effective, cancel);
        Refuse.If(unit.ParentId is null, "unit.is-root");
        await cases.Move(id, UnitProcedure.Dissolve, [], effective, request.Reason, actor, cancel);
        return new(id);
    }
}
