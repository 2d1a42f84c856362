using Loa.Kernel;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Loa.Server.Door;

/// <summary>Puts the door before Kestrel, and tells it who is served and who is known.</summary>
static class DoorSetup
{
    // A head over 2G takes seconds; who needs longer begins again.
    static readonly TimeSpan heads = TimeSpan.FromSeconds(15);
    static readonly TimeSpan silence = TimeSpan.FromSeconds(75);

    public static void LimitPatience(this KestrelServerOptions kestrel) =>
        (kestrel.Limits.RequestHeadersTimeout, kestrel.Limits.KeepAliveTimeout) = (heads, silence);

    public static void UseDoor(this ListenOptions listen) =>
        listen.Use(next =>
        {
            var door = listen.ApplicationServices.GetRequiredService<HttpDoor>();
            return connection => door.Serve(connection, next);
        });

    /// <summary>While a request is served, its connection is not idle.</summary>
    public static void UseDoor(this IApplicationBuilder app)
    {
        var door = app.ApplicationServices.GetRequiredService<HttpDoor>();
        app.Use(
            async (http, next) =>
            {
                if (Of(http) is not { } visitor)
                {
                    await next(http);
                    return;
                }
                door.Begin(visitor);
                try
                {
                    await next(http);
                }
                finally
                {
                    door.End(visitor);
                }
            }
        );
    }

    /// <summary>After authentication: an officer's connection keeps its place.</summary>
    public static void UseRecognition(this IApplicationBuilder app)
    {
        var door = app.ApplicationServices.GetRequiredService<HttpDoor>();
        app.Use(
            (http, next) =>
            {
                if (http.User.Identity?.IsAuthenticated == true && Of(http) is { } visitor)
                    door.Recognise(visitor);
                return next(http);
            }
        );
    }

    static ConsoleConnection? Of(HttpContext http) =>
        http.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(typeof(ConsoleConnection), out var visitor)
        == true
            ? (ConsoleConnection)visitor!
            : null;
}
