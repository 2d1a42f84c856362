using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>
/// Another site must not act through an officer's cookie: an unsafe request that a browser marks as coming
/// from elsewhere is refused. Programs send neither header and carry no cookie by accident.
/// </summary>
public static class SameOrigin
{
    public static void UseSameOrigin(this IApplicationBuilder app) =>
        app.Use(
            static (http, next) =>
            {
                if (IsForeign(http.Request))
                    throw new ForbiddenException("same-origin");
                return next(http);
            }
        );

    static bool IsForeign(HttpRequest request)
    {
        if (
            HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method)
        )
            return false;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
