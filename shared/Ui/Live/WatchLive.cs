using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Loa.Ui;

/// <summary>
/// The one stream of an open page: it says which of the things that the page shows have changed, at most twice a second, and ends
/// with the right of its reader. What they are now the page asks for itself.
/// </summary>
static class WatchLive
{
    const int MostTopics = 16;
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    // So soon the stream of one who may no longer look ends, also when there is nothing to tell.
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/live/events", Watch).RequireSignIn();

    static async Task Watch(
        string[]? of,
        LiveBells bells,
        Streams streams,
        Sight sight,
        TimeProvider clock,
        IHostApplicationLifetime server,
        HttpContext http,
        CancellationToken left
    )
    {
        // A server that stops does not wait for its readers to leave.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left, server.ApplicationStopping);
        var cancel = either.Token;
        using var place = streams.Take(sight);
        using var bell = bells.Listen([.. (of ?? []).Take(MostTopics).Select(Read)]);
        var response = http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        try
        {
            // What changed while the page was on its way is asked for at once.
            await Say("data: open\n\n");
            var said = clock.GetTimestamp();
            while (!cancel.IsCancellationRequested)
            {
                var rang = await bell.Rings(Glance, clock, cancel);
                if (!await sight.StillHolds(cancel))
                    return;
                if (!rang && clock.GetElapsedTime(said) < Silence)
                    continue;
                // A comment keeps proxies from closing a quiet stream, and finds out a reader who left.
                await Say(rang ? $"data: rang {string.Join(' ', bell.Which())}\n\n" : ":\n\n");
                said = clock.GetTimestamp();
                await Task.Delay(Pace, clock, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The reader left, or the server stops.
        }

        async Task Say(string text)
        {
            await response.WriteAsync(text, cancel);
            await response.Body.FlushAsync(cancel);
        }
    }

    static LiveTopic Read(string topic) =>
        topic.Split(':', 2) is [var kind, var id] && Guid.TryParse(id, out var thing) ? new(kind, thing) : new(topic);
}
