using System.Globalization;
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
sealed class AskOrder(IReleases releases, ISpeakers speakers, Sight sight, TimeProvider clock) : IUseCase
{
    // The rest is counted: a dialog is read at a glance.
    const int Named = 3;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/broadcasts/question", Post).RequireRight(BroadcastingRights.OrderBroadcasts);

    static async Task<IResult> Post(Input<PlayNow.Request> input, AskOrder useCase, CancellationToken cancel) =>
        TypedResults.Text(await useCase.Run(input.Value, cancel));

    public async Task<string> Run(PlayNow.Request request, CancellationToken cancel)
    {
        foreach (var unit in request.Units)
            sight.Demand(BroadcastingRights.OrderBroadcasts, unit);
        var bulletin = await releases.Approved(request.Bulletin, clock.Moment(), cancel);
        var reached = await speakers.Count(request.Units, cancel);
        return Words.Get(
            "broadcast.ask-where",
            bulletin.Title,
            Words.Get("class." + Air.AirWord.Of(bulletin.Class)).ToLower(CultureInfo.CurrentCulture),
            bulletin.Duration.Shown(),
            reached.Enrolled,
            reached.Enrolled - reached.Online,
            Places(request.Units)
        );
    }

    string Places(IReadOnlyCollection<Guid> units)
    {
        var named = string.Join(", ", units.Take(Named).Select(sight.Tree.PlaceOf));
        return units.Count > Named ? Words.Get("broadcast.ask-more", named, units.Count - Named) : named;
    }
}
