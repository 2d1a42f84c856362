using Loa.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>What a request says in its address is text from a stranger too: what no text may hold is malformed (400), on every route.</summary>
public static class PlainAddresses
{
    public static void UsePlainAddresses(this IApplicationBuilder app) =>
        app.Use(
            static (http, next) =>
            {
                if (!IsPlain(http.Request))
                    throw new InvalidException("address", "characters");
                return next(http);
            }
        );

    static bool IsPlain(HttpRequest request) =>
        Prose.IsFit(request.Path.Value)
        && (
            !request.QueryString.HasValue
            || request.Query.All(asked => Prose.IsFit(asked.Key) && asked.Value.All(text => Prose.IsFit(text)))
        );
}
