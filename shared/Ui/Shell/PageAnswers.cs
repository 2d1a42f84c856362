using Microsoft.AspNetCore.Http;

namespace Loa.Ui;

/// <summary>
/// What each answer to a browser carries: the content security policy; for htmx a redirection as a header it can follow without
/// fetching the page twice; and what a use case said with <see cref="Toasts.Say" />.
/// </summary>
sealed class PageAnswers(RequestDelegate next)
{
    const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob:; "
        + "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public Task Invoke(HttpContext http)
    {
        http.Response.OnStarting(Finish, http);
        return next(http);
    }

    static Task Finish(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";

        if (http.Response.StatusCode is 301 or 302 or 303 && http.Request.IsPartial())
        {
            headers["HX-Redirect"] = headers.Location;
            headers.Location = default;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        Toasts.Send(http);
        return Task.CompletedTask;
    }
}

/// <summary>Tells a request that htmx made, which wants a part of a page, from one for a whole page.</summary>
public static class PartialRequests
{
    public static bool IsPartial(this HttpRequest request) => request.Headers.ContainsKey("HX-Request");
}
