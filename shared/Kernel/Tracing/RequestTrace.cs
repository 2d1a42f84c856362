using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>
/// One request on its way through the server: from the browser through the log and the outbox to the speakers that hear of it.
/// Its id is the trace id of W3C Trace Context, so that any tracing tool knows it too.
/// </summary>
public static class RequestTrace
{
    /// <summary>The name under which telemetry listens to what happens after a request is answered.</summary>
    public const string Source = "Loa";

    public const string Header = "X-Request-Id";

    static readonly ActivitySource source = new(Source);

    /// <summary>The id of the request that is being followed; null where nobody asked for what happens.</summary>
    public static string? Id => Current?.TraceId.ToHexString();

    /// <summary>Where the request stands now, to be stored and gone on from.</summary>
    public static string? Mark => Current?.Id;

    /// <summary>When the request came to the part that is being done now.</summary>
    public static DateTimeOffset? Since =>
        Current is { } current ? new DateTimeOffset(current.StartTimeUtc, TimeSpan.Zero) : null;

    public static string IdOf(HttpContext http) => Id ?? http.TraceIdentifier;

    /// <summary>Goes on with a stored request until it is disposed of; without a mark nobody asked for it.</summary>
    public static IDisposable? GoOn(string work, string? mark, DateTimeOffset since)
    {
        if (!ActivityContext.TryParse(mark, null, isRemote: true, out var from))
            return null;
        // Without an exporter nobody listens, and the id is wanted in the log all the same.
        var followed =
            source.StartActivity(work, ActivityKind.Consumer, from)
            ?? new Activity(work).SetParentId(from.TraceId, from.SpanId, from.TraceFlags).Start();
        return followed.SetStartTime(since.UtcDateTime);
    }

    /// <summary>Each answer bears the id, so that whoever was refused can say which request it was.</summary>
    public static void UseRequestTrace(this IApplicationBuilder app) =>
        app.Use(
            static (http, next) =>
            {
                var id = IdOf(http);
                http.Response.OnStarting(() =>
                {
                    http.Response.Headers[Header] = id;
                    return Task.CompletedTask;
                });
                return next(http);
            }
        );

    static Activity? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
}
