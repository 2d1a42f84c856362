using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Notices.Reading;

/// <summary>An officer puts notices aside as read: one, or all up to the newest that he was shown.</summary>
sealed class ReadNotices(OwnNotices own) : IUseCase
{
    public record Request([Range(0, long.MaxValue)] long UpTo);

    public record Response(int Unread);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/notices/{id:long}/read", PostOne).RequireSignIn();
        routes.MapPost("/notices/read", PostAll).RequireSignIn();
    }

    static async Task<IResult> PostOne(long id, ReadNotices useCase, HttpContext http, CancellationToken cancel) =>
        Answer.Done(http, "/notices", await useCase.One(id, cancel));

    static async Task<IResult> PostAll(
        Input<Request> input,
        ReadNotices useCase,
        HttpContext http,
        CancellationToken cancel
    ) => Answer.Done(http, "/notices", await useCase.All(input.Value.UpTo, cancel));

    public async Task<Response> One(long id, CancellationToken cancel)
    {
        _ = await own.Read(id, cancel) ?? throw new MissingException("notice");
        return new(await own.Count(cancel));
    }

    public async Task<Response> All(long upTo, CancellationToken cancel)
    {
        await own.ReadAll(upTo, cancel);
        return new(await own.Count(cancel));
    }
}
