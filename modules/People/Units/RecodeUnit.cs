using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Units;

/// <summary>An administrator records a unit's codes, from a day on; an empty one says that there is none.</summary>
sealed class RecodeUnit(UnitCases cases, Sight sight) : IUseCase
{
    public record Request(
        [MaxLength(20)] string? StatisticsCode,
        [MaxLength(40)] string? IdentificationCode,
        DateOnly? Effective
    );

    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/units/{id:guid}/codes", Post).RequireRight(PeopleRights.ManageUnits);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        RecodeUnit useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, $"/units/{id}", await useCase.Run(id, input.Value, cancel));

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var effective = request.Effective ?? sight.Tree.Day;
        var (_, _, actor) = await cases.Demand(id, effective, cancel);
        var patch = new JsonObject
        {
            ["statistics_code"] = Code(request.StatisticsCode),
            ["identification_code"] = Code(request.IdentificationCode),
        };
        await cases.Move(id, UnitProcedure.Recode, patch, effective, null, actor, cancel);
        return new(id);
    }

    static string? Code(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
