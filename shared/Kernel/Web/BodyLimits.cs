using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Loa.Kernel;

/// <summary>
/// Tells who sends too much so in words (413). A browser reads no answer before it has sent all, so what is only somewhat too large
/// is taken in and thrown away; what is far too large ends the connection.
/// </summary>
public static class BodyLimits
{
    const long MostThrownAway = 16 * 1024 * 1024;

    public static void UseBodyLimits(this IApplicationBuilder app) =>
        app.Use(
            static async (http, next) =>
            {
                if (
                    http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { MaxRequestBodySize: { } most } limit
                    && http.Request.ContentLength is { } length
                    && length > most
                )
                {
                    if (length <= MostThrownAway && !limit.IsReadOnly)
                    {
                        limit.MaxRequestBodySize = length;
                        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
                    }
                    throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
                }
                await next(http);
            }
        );
}
