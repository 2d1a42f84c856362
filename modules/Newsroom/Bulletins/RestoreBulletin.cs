using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author brings a discarded draft back.</summary>
sealed class RestoreBulletin(BulletinCases cases) : IUseCase
{
    public record Request(int Seen, [Prose, MaxLength(2000)] string? Comment = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins/{id:guid}/restore", Post).RequireRight(NewsroomRights.WriteBulletins);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        RestoreBulletin useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(id, input.Value, cancel);
        http.Say("bulletin.said.restore");
        return Answer.Done(http, $"/bulletins/{id}", moved);
    }

    public Task<BulletinMoved> Run(Guid id, Request request, CancellationToken cancel) =>
        cases.Move(id, BulletinProcedure.Restore, new(Comment: request.Comment ?? "", Seen: request.Seen), cancel);
}
