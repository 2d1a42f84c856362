using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Planning;

/// <summary>Puts a programme in force: from now on it is in the timetables of its speakers.</summary>
sealed class BeginProgramme(Cases<Programme> cases, ProgrammeChecks checks, TimeProvider clock) : IUseCase
{
    public record Request(int? Seen = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/programmes/{id:guid}/begin", Post).RequireRight(BroadcastingRights.OrderBroadcasts);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        BeginProgramme useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var begun = await useCase.Run(id, input.Value, cancel);
        http.Say("programme.said.begin");
        return Answer.Done(http, $"{Programme.Path}/{id}", begun);
    }

    public async Task<CaseMoved> Run(Guid id, Request request, CancellationToken cancel)
    {
        var seen = await cases.See(id, cancel);
        var actor = await cases.Demand(ProgrammeProcedure.Begin, seen, request.Seen, cancel);
        checks.Actors(seen.Plan.Units);
        await checks.Check(seen.Plan, cancel);
        var patch = ProgrammeCases.Patch([seen.Plan with { Since = clock.Moment() }]);
        return CaseMoved.Of((await cases.Move(seen, ProgrammeProcedure.Begin, new(patch), actor, cancel)).Case);
    }
}
