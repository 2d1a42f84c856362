using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Units;

/// <summary>
/// The province's administrator sets right where a unit belongs whose acts make no tree. From that day on it belongs there,
/// whatever had been recorded for later.
/// </summary>
sealed class MendUnit(UnitCases cases) : IUseCase
{
    public record Request(Guid Parent, DateOnly Effective);

    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/units/{id:guid}/mend", Post).RequireRight(PeopleRights.ManageUnits);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        MendUnit useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, "/units/faults", await useCase.Run(id, input.Value, cancel));

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var actor = cases.DemandProvince();
        cases.DemandDay(request.Effective);
        await cases.Move(
            id,
            UnitProcedure.Mend,
            new() { ["parent"] = request.Parent.ToString() },
            request.Effective,
            null,
            actor,
            cancel,
            // So that nobody voids by it what others recorded well.
            history => Refuse.Unless(history.Faults().Any(f => f.UnitId == id), "unit.not-astray")
        );
        return new(id);
    }
}
