using System.ComponentModel.DataAnnotations;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Rollouts;

/// <summary>A technician holds a rollout, lets it go on, or ends it; speakers that were told already finish what they began.</summary>
sealed class MoveRollout(DevicesDb db, Sight sight, TimeProvider clock) : IUseCase
{
    public record Request([Prose, MaxLength(2000)] string? Comment = null, int? Seen = null);

    public record Response(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var move in (string[])[RolloutProcedure.Pause, RolloutProcedure.Resume, RolloutProcedure.Abort])
            routes
                .MapPost(
                    "/rollouts/{id:guid}/" + move,
                    (Guid id, Input<Request> input, MoveRollout useCase, HttpContext http, CancellationToken cancel) =>
                        Post(id, move, input, useCase, http, cancel)
                )
                .RequireRight(DevicesRights.UpdateSpeakers);
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
        return Answer.Done(http, $"/rollouts/{id}", moved);
    }

    public async Task<Response> Run(Guid id, string move, Request request, CancellationToken cancel)
    {
        var rollout = await db.Find(RolloutProcedure.Definition, id, cancel) ?? throw new MissingException("rollout");
        var actor = sight.Demand(DevicesRights.UpdateSpeakers, rollout.UnitId);
        var deed = new Deed(Comment: request.Comment, Seen: request.Seen);
        var moved = await db.Move(RolloutProcedure.Definition, id, move, deed, actor, clock.Moment(), cancel);
        return new(id, moved.State!);
    }
}
