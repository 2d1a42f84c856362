using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>A leader takes an approved bulletin back, and says why: nobody may order it any more.</summary>
sealed class WithdrawBulletin(BulletinCases cases) : IUseCase
{
    public record Request(int Expected, [Prose, MaxLength(2000)] string? Comment = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins/{id:guid}/withdraw", Post).RequireRight(Rights.ApproveBulletins);

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
        cases.Move(
            id,
            BulletinProcedure.Withdraw,
            new(Comment: request.Comment ?? "", Expected: request.Expected),
            cancel
        );
}
