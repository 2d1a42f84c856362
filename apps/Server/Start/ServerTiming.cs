using System.Diagnostics;
using System.Globalization;

namespace Loa.Server.Start;

/// <summary>Each answer tells how long the server took (Server-Timing), so that a slow page is seen by whoever uses it, and by a test.</summary>
static class ServerTiming
{
    public static void UseServerTiming(this IApplicationBuilder app) =>
        app.Use(
            static async (http, next) =>
            {
                var begun = Stopwatch.GetTimestamp();
                http.Response.OnStarting(() =>
                {
                    var milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                    http.Response.Headers["Server-Timing"] = string.Create(
                        CultureInfo.InvariantCulture,
                        $"app;dur={milliseconds:0.0}"
                    );
                    return Task.CompletedTask;
                });
                await next(http);
            }
        );
}
