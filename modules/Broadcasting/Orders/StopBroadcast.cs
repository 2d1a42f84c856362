using System.ComponentModel.DataAnnotations;
using Loa.Broadcasting.Broadcasts;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Orders;

/// <summary>A leader takes a broadcast off the air: no speaker begins it any more, and those that play it stop.</summary>
sealed class StopBroadcast(Cases<Broadcast> cases) : IUseCase
{
    public record Request([Prose, MaxLength(2000)] string? Comment = null, int? Seen = null);

    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/broadcasts/{id:guid}/stop", Post).RequireRight(BroadcastingRights.OrderBroadcasts);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        StopBroadcast useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        await useCase.Run(id, input.Value, cancel);
        return Answer.Done(http, $"/broadcasts/{id}", new Response(id));
    }

    public Task Run(Guid id, Request request, CancellationToken cancel) =>
        cases.Move(id, BroadcastProcedure.Stop, new(Comment: request.Comment, Seen: request.Seen), cancel);
}
