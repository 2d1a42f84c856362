using System.Globalization;
using Loa.Broadcasting.Timetable;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Orders;

/// <summary>The question before an order: what is heard, how long, where, and by how many speakers, as the server counts them.</summary>
sealed class AskOrder(IReleases releases, ISpeakers speakers, HeldBack held, Sight sight, TimeProvider clock) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/broadcasts/question", Post).RequireRight(BroadcastingRights.OrderBroadcasts);

    static async Task<IResult> Post(Input<PlayNow.Request> input, AskOrder useCase, CancellationToken cancel) =>
        TypedResults.Text(await useCase.Run(input.Value, cancel));

    public async Task<string> Run(PlayNow.Request request, CancellationToken cancel)
    {
        foreach (var unit in request.Units)
            sight.Demand(BroadcastingRights.OrderBroadcasts, unit);
        var now = clock.Moment();
        var bulletin = await releases.Approved(request.Bulletin, now, cancel);
        var reached = await speakers.Count(request.Units, cancel);
        var order = request.At(now, bulletin);
        var question = Words.Get(
            "broadcast.ask-where",
            bulletin.Title,
            Words.Get("class." + Air.AirWord.Of(bulletin.Class)).ToLower(CultureInfo.CurrentCulture),
            bulletin.Duration.Shown(),
            reached.Enrolled,
            reached.Enrolled - reached.Online,
            HeldPlace.Places(request.Units, sight.Tree)
        );
        // Nobody presses “now” into quiet hours without knowing it.
        var rules = await held.Of(order, isGiven: false, sight.Tree, cancel);
        return string.Join(' ', rules.Select(place => place.Told(sight.Tree)).Prepend(question));
    }
}
