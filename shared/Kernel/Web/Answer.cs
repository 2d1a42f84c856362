using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>One answer for two askers: a program gets JSON, a person's browser is led to the page where the result is seen.</summary>
public static class Answer
{
    public static IResult Created<TResponse>(HttpContext http, string page, TResponse response) =>
        IsPerson(http.Request) ? Lead(http, page) : TypedResults.Created(page, response);

    public static IResult Done<TResponse>(HttpContext http, string page, TResponse response) =>
        IsPerson(http.Request) ? Lead(http, page) : TypedResults.Ok(response);

    static bool IsPerson(HttpRequest request) => request.HasFormContentType;

    static IResult Lead(HttpContext http, string page)
    {
        if (!http.Request.Headers.ContainsKey("HX-Request"))
            return new SeeOther(page);
        http.Response.Headers["HX-Redirect"] = page;
        return TypedResults.NoContent();
    }

    // 303, so that the browser always comes back with GET.
    sealed class SeeOther(string page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = page;
            return Task.CompletedTask;
        }
    }
}
