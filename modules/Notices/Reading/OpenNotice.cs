using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Notices.Reading;

/// <summary>An officer goes from a notice to what it is about; by that he has read it.</summary>
sealed class OpenNotice(OwnNotices own) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/notices/{id:long}", Get).RequireSignIn();

    static async Task<RedirectHttpResult> Get(long id, OpenNotice useCase, CancellationToken cancel) =>
        TypedResults.LocalRedirect(OwnPage.Of(await useCase.Run(id, cancel)));

    /// <summary>The page where one acts.</summary>
    public async Task<string> Run(long id, CancellationToken cancel) =>
        (await own.Read(id, cancel))?.Link ?? throw new MissingException("notice");
}
