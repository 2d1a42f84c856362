using Loa.Air;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>An answer to a speaker over HTTP, spelled as everything on the air is.</summary>
public sealed class AirAnswer<T>(T message, int status = StatusCodes.Status200OK) : IResult
    where T : AirMessage<T>, IAirMessage<T>
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(message.ToBytes(), httpContext.RequestAborted);
    }
}
