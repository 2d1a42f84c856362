using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>One answer for two askers: a program gets JSON, a person's browser is led to the page where the result is seen.</summary>
public static class Answer
{
    public static IResult Created<TResponse>(HttpContext http, string page, TResponse response) =>
        IsPerson(http.Request) ? new SeeOther(page) : TypedResults.Created(page, response);

    public static IResult Done<TResponse>(HttpContext http, string page, TResponse response) =>
        IsPerson(http.Request) ? new SeeOther(page) : TypedResults.Ok(response);

    static bool IsPerson(HttpRequest request) => request.HasFormContentType;

    // 303, so that the browser always comes back with GET; Ui turns it into what htmx can follow.
    sealed class SeeOther(string page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = OwnPage.ForHeader(page);
            return Task.CompletedTask;
        }
    }
}
