using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>A leader takes an approved bulletin back, and says why: nobody may order it any more, and where it sounds it stops.</summary>
sealed class WithdrawBulletin(NewsroomDb db, BulletinCases cases, TimeProvider clock) : IUseCase
{
    public record Request(int Seen, [Prose, MaxLength(2000)] string? Comment = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins/{id:guid}/withdraw", Post).RequireRight(NewsroomRights.ApproveBulletins);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        WithdrawBulletin useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(id, input.Value, cancel);
        http.Say("bulletin.said.withdraw");
        return Answer.Done(http, $"/bulletins/{id}", moved);
    }

    public Task<BulletinMoved> Run(Guid id, Request request, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                var actor = cases.Demand(BulletinProcedure.Withdraw, await cases.See(id, cancel));
                var why = request.Comment ?? "";
                var moved = await cases.Move(
                    id,
                    BulletinProcedure.Withdraw,
                    new(Comment: why, Seen: request.Seen),
                    cancel
                );
                var now = clock.Moment();
                db.Announce(new BulletinWithdrawn(id, actor.PostId, actor.OfficerId, actor.Name, why, now));
                return moved;
            },
            cancel
        );
}
