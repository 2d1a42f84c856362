using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Loa.Notices.Reading;

/// <summary>An open page that was rung for asks how many notices its reader has not read.</summary>
sealed class CountNotices(OwnNotices own) : IUseCase
{
    /// <param name="Number">As the bell shows it.</param>
    /// <param name="Text">As a screen reader says it.</param>
    public sealed record Response(int Count, string Number, string Text);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/notices/unread", Get).RequireSignIn();

    static Task<Response> Get(CountNotices useCase, CancellationToken cancel) => useCase.Run(cancel);

    public async Task<Response> Run(CancellationToken cancel)
    {
        var count = await own.Count(cancel);
        return new(count, NoticeText.Number(count), NoticeText.Count(count));
    }
}
