using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Cases;

/// <summary>Somebody makes a move that asks for nothing but the right and perhaps a comment: one route for each such row of the procedure.</summary>
public sealed class MoveCase<T>(Cases<T> cases) : IUseCase
    where T : ICase<T>
{
    /// <param name="Seen">The acts he had seen; a program that does not say so moves what is there.</param>
    public record Request(int? Seen = null, [Prose, MaxLength(2000)] string? Comment = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var move in T.Procedure.Moves.Where(m => m.IsPlain))
            routes
                .MapPost(
                    $"{T.Path}/{{id:guid}}/{move.Name}",
                    (Guid id, Input<Request> input, MoveCase<T> useCase, HttpContext http, CancellationToken cancel) =>
                        Post(id, move.Name, input.Value, useCase, http, cancel)
                )
                .RequireRight(move.Right!);
    }

    static async Task<IResult> Post(
        Guid id,
        string move,
        Request request,
        MoveCase<T> useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        if (T.Procedure.MoveOf(move)!.NeedsComment && string.IsNullOrWhiteSpace(request.Comment))
            throw new InvalidException("comment", "required");
        var moved = await useCase.Run(id, move, request, cancel);
        http.Say($"{T.Procedure.Name}.said.{move}");
        return Answer.Done(http, $"{T.Path}/{id}", moved);
    }

    public async Task<CaseMoved> Run(Guid id, string move, Request request, CancellationToken cancel)
    {
        var deed = new Deed(Comment: request.Comment, Seen: request.Seen);
        return CaseMoved.Of((await cases.Move(id, move, deed, cancel)).Case);
    }
}
