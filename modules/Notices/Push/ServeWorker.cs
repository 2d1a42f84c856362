using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Notices.Push;

/// <summary>Gives a browser the script that shows notices while no page is open. It lies at the root, for which alone it may work.</summary>
sealed class ServeWorker : IUseCase
{
    static readonly byte[] worker = NoticesModule.Files.Bytes("js/worker.js");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/worker.js", Get).AllowAnyone();

    static FileContentHttpResult Get(HttpContext http)
    {
        // A browser asks for a newer one itself.
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(worker, "text/javascript");
    }
}
