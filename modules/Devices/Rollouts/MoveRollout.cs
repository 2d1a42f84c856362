using System.ComponentModel.DataAnnotations;
using Loa.Cases;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Rollouts;

/// <summary>A technician holds a rollout, lets it go on, or ends it; speakers that were told already finish what they began.</summary>
/// <remarks>
/// What he had seen is asked only where it is said: the server moves a rollout on by itself, and a stop must not be refused for that.
/// </remarks>
sealed class MoveRollout(Cases<Rollout> cases, DevicesDb db, TimeProvider clock) : IUseCase
{
    public record Request([Prose, MaxLength(2000)] string? Comment = null, int? Seen = null);

    public record Response(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var move in RolloutProcedure.Definition.Moves.Where(m => m.IsPlain))
            routes
                .MapPost(
                    $"{Rollout.Path}/{{id:guid}}/{move.Name}",
                    (Guid id, Input<Request> input, MoveRollout useCase, HttpContext http, CancellationToken cancel) =>
                        Post(id, move.Name, input, useCase, http, cancel)
                )
                .RequireRight(move.Right!);
    }

    static async Task<IResult> Post(
        Guid id,
        string move,
        Input<Request> input,
        MoveRollout useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(id, move, input.Value, cancel);
        http.Say("rollouts.moved");
        return Answer.Done(http, $"{Rollout.Path}/{id}", moved);
    }

    public async Task<Response> Run(Guid id, string move, Request request, CancellationToken cancel)
    {
        var actor = await cases.Demand(move, await cases.See(id, cancel), request.Seen, cancel);
        var deed = new Deed(Comment: request.Comment, Seen: request.Seen);
        var moved = await db.Move(RolloutProcedure.Definition, id, move, deed, actor, clock.Moment(), cancel);
        return new(id, moved.State!);
    }
}
