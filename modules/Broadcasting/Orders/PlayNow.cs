using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Loa.Broadcasting.Orders;

/// <summary>A leader puts an approved bulletin on the air at once, in the units he chooses.</summary>
sealed partial class PlayNow(
    BroadcastingDb db,
    IReleases releases,
    Sight sight,
    TimeProvider clock,
    ILogger<PlayNow> log
) : IUseCase
{
    /// <param name="Minutes">A speaker that comes back within this time still plays it.</param>
    /// <param name="Order">Made by the page, so that a form sent twice orders once.</param>
    public record Request(
        Guid Bulletin,
        [MinLength(1), MaxLength(2000)] Guid[] Units,
        [Range(1, 1440)] int Minutes = 60,
        Guid? Order = null
    )
    {
        /// <summary>What is ordered by it at this moment.</summary>
        public BroadcastOrder At(DateTimeOffset now, ReleasedBulletin bulletin) =>
            new(
                Order ?? Guid.CreateVersion7(),
                bulletin.BulletinId,
                bulletin.Title,
                bulletin.Class,
                [.. Units.Distinct()],
                now,
                Earlier(now.AddMinutes(Minutes), bulletin.ValidTo),
                bulletin.Duration,
                Guid.CreateVersion7()
            );

        static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
    }

    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/broadcasts", Post).RequireRight(BroadcastingRights.OrderBroadcasts);

    static async Task<IResult> Post(Input<Request> input, PlayNow useCase, HttpContext http, CancellationToken cancel)
    {
        var response = await useCase.Run(input.Value, cancel);
        return Answer.Created(http, $"/broadcasts/{response.Id}", response);
    }

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var now = clock.Moment();
        // By more than one of his posts it belongs to each of their units.
        ActingOfficer[] actors =
        [
            .. request.Units.Select(u => sight.Demand(BroadcastingRights.OrderBroadcasts, u)).DistinctBy(a => a.UnitId),
        ];
        var actor = actors[0];
        var bulletin = await releases.Approved(request.Bulletin, now, cancel);
        Refuse.Unless(
            request.Units.All(u => bulletin.Units.Any(r => sight.Tree.IsInside(u, r))),
            "broadcast.outside-release"
        );

        var fault = await releases.Fault(bulletin, request.Units, cancel);
        Refuse.If(fault is not null, "broadcast.release-refused", fault?.Sentence);

        var order = request.At(now, bulletin);
        var id = order.Id;
        await db.Atomically(
            async () =>
            {
                // Twice by the same form: the first stands. Another order under its number is none.
                if (await db.Find(BroadcastProcedure.Definition, id, cancel) is { } first)
                {
                    Refuse.Unless(IsSame(first, order, actor), "broadcast.order-taken");
                    return;
                }
                await db.Order(
                    order,
                    actor.UnitId,
                    Patch(order, bulletin, [.. actors.Skip(1).Select(a => a.UnitId)]),
                    actor,
                    now,
                    cancel
                );
            },
            cancel
        );
        Log.Ordered(log, id, order.Units.Count, RequestTrace.Id);
        return new(id);
    }

    static JsonObject Patch(BroadcastOrder order, ReleasedBulletin bulletin, Guid[] others)
    {
        var patch = order.ToPatch(bulletin.ReleaseDigest);
        if (others.Length > 0)
            patch[BroadcastProcedure.Owners] = new JsonArray([.. others.Select(u => JsonValue.Create(u.ToString()))]);
        return patch;
    }

    static bool IsSame(Case first, BroadcastOrder second, ActingOfficer actor) =>
        first.OpenedBy == actor.OfficerId
        && BroadcastOrder.From(CaseRow.Of(first)) is var there
        && there.BulletinId == second.BulletinId
        && there.Units.ToHashSet().SetEquals(second.Units);

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Information,
            "Broadcast {Broadcast} was ordered in {Units} units, request {Request}"
        )]
        public static partial void Ordered(ILogger log, Guid broadcast, int units, string? request);
    }
}
