using Microsoft.AspNetCore.Http;

namespace Loa.Ui;

/// <summary>
/// What each answer to a browser carries: whether it may be kept; for htmx a redirection as a header it can follow without
/// fetching the page twice; and what a use case said with <see cref="Toasts.Say" />.
/// </summary>
sealed class PageAnswers(RequestDelegate next)
{
    public Task Invoke(HttpContext http)
    {
        http.Response.OnStarting(Finish, http);
        return next(http);
    }

    static Task Finish(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        // What says nothing of itself is somebody's own and stays nowhere; a player asks for its sound again in parts.
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = IsSound(http.Response) ? "private, no-cache" : "no-store";

        // A proxy that gathers before it passes on would make a live page a dead one.
        if (http.Response.ContentType == "text/event-stream")
            headers["X-Accel-Buffering"] = "no";
        if (http.Response.StatusCode is 301 or 302 or 303 && http.Request.IsPartial())
        {
            headers["HX-Redirect"] = headers.Location;
            headers.Location = default;
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        Toasts.Send(http);
        return Task.CompletedTask;
    }

    static bool IsSound(HttpResponse response) =>
        response.ContentType?.StartsWith("audio/", StringComparison.Ordinal) == true;
}

/// <summary>Tells a request that htmx made, which wants a part of a page, from one for a whole page.</summary>
public static class PartialRequests
{
    public static bool IsPartial(this HttpRequest request) => request.Headers.ContainsKey("HX-Request");
}
