using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>A range in a unit that we do not know is no range (RFC 9110 §14.2): who asks so gets the whole.</summary>
public static class KnownRanges
{
    const string Bytes = "bytes=";

    public static void UseKnownRanges(this IApplicationBuilder app) =>
        app.Use(
            static (http, next) =>
            {
                var range = http.Request.Headers.Range.ToString();
                if (range.Length > 0 && !range.TrimStart().StartsWith(Bytes, StringComparison.OrdinalIgnoreCase))
                    http.Request.Headers.Remove("Range");
                return next(http);
            }
        );
}
