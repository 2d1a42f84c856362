using System.Threading.Channels;
using Loa.Broadcasting.Broadcasts;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Follow;

/// <summary>Streams the changing part of a broadcast's page as server-sent events, at most twice a second however many speakers report.</summary>
sealed class WatchBroadcast(
    ShowBroadcast broadcast,
    IPlays plays,
    BroadcastBell acts,
    Fragments fragments,
    Streams streams,
    Sight sight,
    TimeProvider clock
) : IUseCase
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    // So soon the stream of one who may no longer look ends, also when there is nothing to tell.
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/broadcasts/{id:guid}/events", Watch).RequireRight(BroadcastingRights.SeeBroadcasts);

    static Task Watch(Guid id, int? page, WatchBroadcast useCase, HttpContext http, CancellationToken cancel) =>
        useCase.Run(id, page ?? 1, http.Response, cancel);

    async Task Run(Guid id, int page, HttpResponse response, CancellationToken cancel)
    {
        var looked = await broadcast.See(id, cancel);
        using var place = streams.Take(sight);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";

        // One bell, however many changes rang it: the page is always sent as it is now.
        var bell = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
        );
        using var heard = acts.Listen(id, bell.Writer);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var listening = Listen(id, bell.Writer, watching.Token);
        try
        {
            bell.Writer.TryWrite(true);
            var (sent, next) = (clock.GetTimestamp(), DateTimeOffset.MaxValue);
            while (!cancel.IsCancellationRequested)
            {
                var rang = await Rings(bell.Reader, next - clock.Moment(), cancel) || clock.Moment() >= next;
                if (!await MaySee(looked, cancel))
                    return;
                if (!rang && clock.GetElapsedTime(sent) < Silence)
                    continue;
                if (rang)
                {
                    var (progress, order) = await broadcast.Look(id, page, cancel);
                    await Send(response, await fragments.Render<BroadcastProgress>(progress), cancel);
                    next = NextTurn(order);
                }
                else
                    // A comment keeps proxies from closing a quiet stream, and finds out a reader who left.
                    await response.WriteAsync(": \n\n", cancel);
                await response.Body.FlushAsync(cancel);
                sent = clock.GetTimestamp();
                await Task.Delay(Pace, clock, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The reader left.
        }
        finally
        {
            await watching.CancelAsync();
            await listening;
        }
    }

    async ValueTask<bool> MaySee(Broadcast looked, CancellationToken cancel) =>
        await sight.StillHolds(cancel) && await broadcast.MaySee(looked, cancel);

    async Task Listen(Guid id, ChannelWriter<bool> bell, CancellationToken cancel)
    {
        try
        {
            await foreach (var _ in plays.Watch(id, cancel))
                bell.TryWrite(true);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The reader left.
        }
    }

    // Nobody reports that a time has run out.
    DateTimeOffset NextTurn(BroadcastOrder order)
    {
        var now = clock.Moment();
        return now < order.Until ? order.Until
            : now < order.OverAt ? order.OverAt
            : DateTimeOffset.MaxValue;
    }

    async Task<bool> Rings(ChannelReader<bool> bell, TimeSpan atMost, CancellationToken cancel)
    {
        var patience = atMost < TimeSpan.Zero ? TimeSpan.Zero : atMost;
        using var quiet = new CancellationTokenSource(patience < Glance ? patience : Glance, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancel);
        try
        {
            return await bell.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    static async Task Send(HttpResponse response, string html, CancellationToken cancel)
    {
        foreach (var line in html.ReplaceLineEndings("\n").Split('\n'))
            await response.WriteAsync($"data: {line}\n", cancel);
        await response.WriteAsync("\n", cancel);
    }
}
