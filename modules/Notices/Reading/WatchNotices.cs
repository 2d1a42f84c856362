using System.Text.Json;
using System.Threading.Channels;
using Loa.Kernel;
using Loa.Notices.Raised;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Loa.Notices.Reading;

/// <summary>Streams how many notices an officer has not read, as server-sent events: one line when the number changes, at most one a second.</summary>
sealed class WatchNotices(
    OwnNotices own,
    NoticeBell notices,
    Streams streams,
    Sight sight,
    IHostApplicationLifetime server,
    TimeProvider clock
) : IUseCase
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // So often one who may no longer look is found out, and a reader who left.
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/notices/events", Watch).RequireSignIn();

    static Task Watch(WatchNotices useCase, HttpContext http, CancellationToken cancel) =>
        useCase.Run(http.Response, cancel);

    async Task Run(HttpResponse response, CancellationToken left)
    {
        // A server that stops does not wait for its readers to leave.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(left, server.ApplicationStopping);
        var cancel = either.Token;
        using var place = streams.Take(sight);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        var bell = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
        );
        using var heard = notices.Listen(bell.Writer);
        try
        {
            for (int? sent = null; await sight.StillHolds(cancel); )
            {
                var count = await own.Count(cancel);
                await response.WriteAsync(count == sent ? ": \n\n" : Line(count), cancel);
                await response.Body.FlushAsync(cancel);
                sent = count;
                await Task.Delay(Pace, clock, cancel);
                await Rings(bell.Reader, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The reader left, or the server stops.
        }
    }

    static string Line(int count) =>
        $"data: {JsonSerializer.Serialize(new { count, number = NoticeText.Number(count), text = NoticeText.Count(count) })}\n\n";

    async Task Rings(ChannelReader<bool> bell, CancellationToken cancel)
    {
        using var quiet = new CancellationTokenSource(Silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancel);
        try
        {
            await bell.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // It was quiet.
        }
    }
}
