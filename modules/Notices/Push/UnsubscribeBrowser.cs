using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Loa.Notices.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices.Push;

/// <summary>An officer wants no notices on this browser any more.</summary>
sealed class UnsubscribeBrowser(NoticesDb db, Sight sight) : IUseCase
{
    public record Request([MaxLength(1000)] string Endpoint);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/notices/push/end", Post).RequireSignIn();

    static async Task<IResult> Post(
        Input<Request> input,
        UnsubscribeBrowser useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        await useCase.Run(input.Value.Endpoint, cancel);
        return Answer.Done(http, "/notices/choices", new { });
    }

    Task Run(string endpoint, CancellationToken cancel) =>
        db.PushBrowsers.Where(b => b.Endpoint == endpoint && b.OfficerId == sight.OfficerId).ExecuteDeleteAsync(cancel);
}
