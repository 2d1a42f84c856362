using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author throws a draft away; it can be brought back.</summary>
sealed class DiscardBulletin(BulletinCases cases) : IUseCase
{
    public record Request(int Seen, [Prose, MaxLength(2000)] string? Comment = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins/{id:guid}/discard", Post).RequireRight(NewsroomRights.WriteBulletins);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        DiscardBulletin useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(id, input.Value, cancel);
        http.Say("bulletin.said.discard");
        return Answer.Done(http, $"/bulletins/{id}", moved);
    }

    public Task<BulletinMoved> Run(Guid id, Request request, CancellationToken cancel) =>
        cases.Move(id, BulletinProcedure.Discard, new(Comment: request.Comment ?? "", Seen: request.Seen), cancel);
}
