using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>The permission of one route; a route without one is closed.</summary>
/// <param name="Right">A <see cref="Right"/> by name, "signed-in", "anyone", or "token".</param>
public sealed record Permission(string Right)
{
    public const string Anyone = "anyone";
    public const string SignedIn = "signed-in";

    /// <summary>A program of the operator, which shows a token.</summary>
    public const string Token = "token";
}

/// <summary>How a route states its permission, and the one place where it is enforced.</summary>
public static class Permissions
{
    /// <summary>The officer must hold the right over some unit; the use case demands it over the very unit.</summary>
    public static TBuilder RequireRight<TBuilder>(this TBuilder route, string right)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Permission(right));

    public static TBuilder RequireSignIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Permission(Permission.SignedIn));

    public static TBuilder AllowAnyone<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Permission(Permission.Anyone));

    public static TBuilder RequireToken<TBuilder>(this TBuilder route, string token)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new Permission(Permission.Token), new RouteToken(token));

    /// <summary>After routing and authentication: loads <see cref="Sight"/> and lets through whom the route allows.</summary>
    public static void UsePermissions(this IApplicationBuilder app) => app.Use(Enforce);

    static async Task Enforce(HttpContext http, RequestDelegate next)
    {
        var endpoint = http.GetEndpoint();
        var permission = endpoint?.Metadata.GetMetadata<Permission>();
        if (endpoint is RouteEndpoint && permission is null)
            throw new ForbiddenException("none");

        var sight = http.RequestServices.GetRequiredService<Sight>();
        // Where there is no page, an officer is told so with his menu beside it.
        if (endpoint is not null || http.User.Identity is { IsAuthenticated: true })
        {
            var id = http.User.FindFirstValue(ClaimTypes.NameIdentifier);
            await sight.Load(
                Guid.TryParse(id, out var officer) ? officer : null,
                http.RequestAborted,
                Guid.TryParse(http.User.FindFirstValue(Sight.SessionClaim), out var session) ? session : null
            );
        }

        await PageOwner.Check(http);
        if (permission is null || permission.Right == Permission.Anyone)
            await Pass(http, next);
        else if (permission.Right == Permission.Token)
            await (endpoint!.Metadata.GetMetadata<RouteToken>()!.Opens(http.Request) ? next(http) : AskForToken(http));
        else if (!sight.IsSignedIn)
            await AskToSignIn(http);
        else if (permission.Right == Permission.SignedIn || sight.May(permission.Right))
            await Pass(http, next);
        else
            throw new ForbiddenException(permission.Right);
    }

    static async Task Pass(HttpContext http, RequestDelegate next)
    {
        await PageOwner.CheckUnread(http);
        await next(http);
    }

    static Task AskForToken(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    static Task AskToSignIn(HttpContext http)
    {
        var request = http.Request;
        if (
            HttpMethods.IsGet(request.Method)
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            && !request.Headers.ContainsKey("HX-Request")
        )
        {
            // Who shows a cookie was signed in, and is told why he is asked again.
            var expired = request.Cookies.Keys.Any(Sight.IsSessionCookie) ? "&expired=true" : "";
            http.Response.Redirect("/sign-in?next=" + Uri.EscapeDataString(request.GetEncodedPathAndQuery()) + expired);
            return Task.CompletedTask;
        }
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return http.Response.WriteAsJsonAsync(
            new
            {
                status = 401,
                title = "sign-in",
                code = "sign-in",
                detail = Words.Get("sign-in-first"),
            },
            options: null,
            "application/problem+json",
            http.RequestAborted
        );
    }
}
