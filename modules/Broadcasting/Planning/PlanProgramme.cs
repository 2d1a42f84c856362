using Loa.Broadcasting.Data;
using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Planning;

/// <summary>Who may order plans a programme; it is heard only after it was begun.</summary>
sealed class PlanProgramme(BroadcastingDb db, ProgrammeChecks checks, TimeProvider clock) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Programme.Path, Post).RequireRight(BroadcastingRights.OrderBroadcasts);

    static async Task<IResult> Post(
        Input<ProgrammeRequest> input,
        PlanProgramme useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var planned = await useCase.Run(input.Value, cancel);
        return Answer.Created(http, $"{Programme.Path}/{planned.Id}", planned);
    }

    public async Task<CaseMoved> Run(ProgrammeRequest request, CancellationToken cancel)
    {
        var actors = checks.Actors(request.Units);
        var (plan, @class) = await checks.Plan(request, null, cancel);
        var patch = ProgrammeChecks.Patch(request.Name, @class, [plan], plan);
        if (actors.Length > 1)
            patch[ProgrammeProcedure.Owners] = ProgrammeChecks.Texts(actors.Skip(1).Select(a => a.UnitId));
        var id = request.Id ?? Guid.CreateVersion7();
        var planned = await db.Atomically(
            async () =>
            {
                // Twice by the same form: the first stands.
                if (await db.Find(ProgrammeProcedure.Definition, id, cancel) is { } first)
                {
                    Refuse.Unless(first.OpenedBy == actors[0].OfficerId, "programme.id-taken");
                    return first;
                }
                return await db.Open(
                    ProgrammeProcedure.Definition,
                    id,
                    actors[0].UnitId,
                    ProgrammeProcedure.Plan,
                    new(patch),
                    actors[0],
                    clock.Moment(),
                    cancel
                );
            },
            cancel
        );
        return CaseMoved.Of(planned);
    }
}
