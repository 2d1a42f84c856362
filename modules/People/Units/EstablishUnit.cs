using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Units;

/// <summary>An administrator records that a unit is established below another, from a day on.</summary>
sealed class EstablishUnit(UnitCases cases, Sight sight) : IUseCase
{
    public record Request(
        [MaxLength(200)] string UnitName,
        [MaxLength(40), RegularExpression("^[a-z_]+$")] string UnitKind,
        Guid Parent,
        DateOnly? Effective,
        [MaxLength(20)] string? StatisticsCode,
        [MaxLength(40)] string? IdentificationCode
    );

    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/units", Post).RequireRight(PeopleRights.ManageUnits);

    static async Task<IResult> Post(
        Input<Request> input,
        EstablishUnit useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(input.Value, cancel);
        return Answer.Created(http, $"/units/{response.Id}", response);
    }

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var effective = request.Effective ?? sight.Tree.Day;
        cases.DemandDay(effective);
        var actor = sight.Demand(PeopleRights.ManageUnits, request.Parent);
        var patch = new JsonObject
        {
            ["unit_name"] = request.UnitName.Trim(),
            ["unit_kind"] = request.UnitKind,
            ["parent"] = request.Parent.ToString(),
        };
        if (!string.IsNullOrWhiteSpace(request.StatisticsCode))
            patch["statistics_code"] = request.StatisticsCode.Trim();
        if (!string.IsNullOrWhiteSpace(request.IdentificationCode))
            patch["identification_code"] = request.IdentificationCode.Trim();
        var id = Guid.CreateVersion7();
        await cases.Establish(id, patch, effective, actor, cancel);
        return new(id);
    }
}
