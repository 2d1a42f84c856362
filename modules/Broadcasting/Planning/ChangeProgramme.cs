using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Planning;

/// <summary>Changes a programme: what has begun goes on as it was, what is still to begin goes by the new plan.</summary>
sealed class ChangeProgramme(Cases<Programme> cases, ProgrammeChecks checks, TimeProvider clock) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/programmes/{id:guid}/change", Post).RequireRight(BroadcastingRights.OrderBroadcasts);

    static async Task<IResult> Post(
        Guid id,
        Input<ProgrammeRequest> input,
        ChangeProgramme useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var changed = await useCase.Run(id, input.Value, cancel);
        http.Say("programme.said.change");
        return Answer.Done(http, $"{Programme.Path}/{id}", changed);
    }

    public async Task<CaseMoved> Run(Guid id, ProgrammeRequest request, CancellationToken cancel)
    {
        var seen = await cases.See(id, cancel);
        var actor = await cases.Demand(ProgrammeProcedure.Change, seen, request.Seen, cancel);
        // Also over the units that it leaves: they fall silent.
        checks.Actors(request.Units.Concat(seen.Plan.Units));
        var (plan, @class) = await checks.Plan(request, seen.Plan, cancel);
        var patch = ProgrammeChecks.Patch(request.Name, @class, seen.With(plan, clock.Moment()), plan);
        return CaseMoved.Of((await cases.Move(seen, ProgrammeProcedure.Change, new(patch), actor, cancel)).Case);
    }
}
