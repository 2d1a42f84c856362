using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>A leader gives a bulletin back and says what is to be changed.</summary>
sealed class ReturnBulletin(BulletinCases cases) : IUseCase
{
    public record Request(int Seen, [Prose, MaxLength(2000)] string? Comment = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins/{id:guid}/return", Post).RequireRight(NewsroomRights.ApproveBulletins);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        ReturnBulletin useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(id, input.Value, cancel);
        http.Say("bulletin.said.return");
        return Answer.Done(http, $"/bulletins/{id}", moved);
    }

    public Task<BulletinMoved> Run(Guid id, Request request, CancellationToken cancel) =>
        cases.Move(id, BulletinProcedure.Return, new(Comment: request.Comment ?? "", Seen: request.Seen), cancel);
}
