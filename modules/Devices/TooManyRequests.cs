using System.Globalization;
using Loa.Kernel;
using Microsoft.AspNetCore.Http;

namespace Loa.Devices;

/// <summary>The answer to who asks too often without having signed in: come again in half a minute.</summary>
static class TooManyRequests
{
    public static IResult After(HttpContext http, string code, int seconds = 30)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            Words.Get("refused." + code),
            statusCode: StatusCodes.Status429TooManyRequests,
            title: code,
            extensions: new Dictionary<string, object?> { ["code"] = code }
        );
    }
}
