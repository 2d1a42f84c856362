using Microsoft.AspNetCore.Builder;

namespace Loa.Kernel;

/// <summary>A range in a unit that is not ours means nothing (RFC 9110, 14.2); the framework would take it for bytes.</summary>
public static class ByteRanges
{
    const string Bytes = "bytes=";

    public static void UseByteRanges(this IApplicationBuilder app) =>
        app.Use(
            static (http, next) =>
            {
                if (!http.Request.Headers.Range.ToString().StartsWith(Bytes, StringComparison.OrdinalIgnoreCase))
                    http.Request.Headers.Remove("Range");
                return next(http);
            }
        );
}
