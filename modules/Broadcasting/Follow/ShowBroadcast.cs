using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Broadcasting.Programmes;
using Loa.Broadcasting.Timetable;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Follow;

/// <summary>One broadcast, live: what was said, who ordered it, and how many speakers of those in sight hold it, verified it, play it, were heard.</summary>
sealed class ShowBroadcast(
    Cases<Broadcast> cases,
    IPlays plays,
    IReleases releases,
    HeldBack held,
    Sight sight,
    TimeProvider clock
) : IUseCase
{
    public const int PageSize = 100;

    public sealed record Response(
        Guid Id,
        string State,
        BroadcastOrder Order,
        IReadOnlyList<string> Units,
        AiredBulletin? Aired,
        bool MayOpenBulletin,
        LatestActs History,
        Progress Progress,
        DateTimeOffset? Turn
    );

    /// <summary>The part that changes while one looks.</summary>
    /// <param name="State">As people see it.</param>
    /// <param name="Last">Who put it on the air, or took it off, when and why.</param>
    /// <param name="Held">Where a policy keeps it from being heard when it was asked for.</param>
    public sealed record Progress(
        Guid Id,
        string State,
        bool MayStop,
        bool MayExplain,
        int Seq,
        ActDone Last,
        PlayTally Tally,
        IReadOnlyList<SpeakerPlay> Speakers,
        IReadOnlyDictionary<Guid, string> Units,
        IReadOnlyList<string> Held
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/broadcasts/{id:guid}", Show).RequireRight(BroadcastingRights.SeeBroadcasts);
        routes.MapGet("/api/broadcasts/{id:guid}", Tell).RequireRight(BroadcastingRights.SeeBroadcasts);
    }

    // What a programme brings is looked at there.
    static async Task<IResult> Show(
        Guid id,
        int? page,
        BroadcastingDb db,
        TimeProvider clock,
        CancellationToken cancel
    ) =>
        await db.ProgrammeOf(id, clock.Moment(), cancel) is { } programme
            ? TypedResults.LocalRedirect($"{Programme.Path}/{programme}")
            : UiModule.Show<ShowBroadcastPage>(new { Id = id, Number = page ?? 1 });

    static async Task<IResult> Tell(Guid id, int? page, ShowBroadcast useCase, CancellationToken cancel)
    {
        var seen = await useCase.Run(id, page ?? 1, cancel);
        return TypedResults.Ok(
            new
            {
                seen.Id,
                seen.State,
                Last = new
                {
                    seen.Progress.Last.Move,
                    seen.Progress.Last.By,
                    seen.Progress.Last.At,
                    seen.Progress.Last.Comment,
                },
                seen.Order.Title,
                seen.Progress.Tally.Total,
                Stages = seen.Progress.Tally.ByStage.ToDictionary(
                    s => Name(s.Key),
                    s => s.Value,
                    StringComparer.Ordinal
                ),
                seen.Progress.Tally.IsOver,
                seen.Progress.Held,
                Speakers = seen.Progress.Speakers.Select(s => new
                {
                    s.SpeakerId,
                    s.Name,
                    Place = seen.Progress.Units[s.UnitId],
                    s.Online,
                    Stage = Name(s.Stage),
                    s.Reason,
                    s.At,
                    SoundedMs = (long?)s.Sounded?.TotalMilliseconds,
                }),
            }
        );
    }

    public async Task<Response> Run(Guid id, int page, CancellationToken cancel)
    {
        var broadcast = await See(id, cancel);
        var order = broadcast.Order;
        var aired = await releases.Aired(order.BulletinId, cancel);
        return new(
            id,
            broadcast.Case.State!,
            order,
            [.. order.Units.Select(sight.Tree.NameOf)],
            aired,
            aired is not null && sight.Sees(NewsroomRights.SeeBulletins, aired.UnitId),
            await cases.History(broadcast, cancel),
            await Look(broadcast, page, cancel),
            order.TurnAfter(clock.Moment())
        );
    }

    /// <summary>Also for whom it sounded on a speaker of his that stood elsewhere then.</summary>
    public Task<Broadcast> See(Guid id, CancellationToken cancel) => cases.See(id, cancel, orElse: Sounded);

    async ValueTask<bool> Sounded(Broadcast broadcast, CancellationToken cancel) =>
        (await plays.Tally(broadcast.Case.Id, cancel, Within)).Total > 0;

    // Of speakers elsewhere nobody is told, not even their number.
    IReadOnlyCollection<Guid>? Within =>
        sight.Over(BroadcastingRights.SeeBroadcasts) is { Everywhere: false } reach ? reach.Roots : null;

    async Task<Progress> Look(Broadcast broadcast, int page, CancellationToken cancel)
    {
        var (id, standing) = (broadcast.Case.Id, broadcast.Case);
        var tally = await plays.Tally(id, cancel, Within);
        var speakers = await plays.Of(id, tally, (PageNumber.Of(page) - 1) * PageSize, PageSize, cancel, Within);
        var order = broadcast.Order;
        var state = order.StateAt(clock.Moment(), standing.State!, await plays.Outline(id, cancel));
        var history = await cases.History(broadcast, cancel);
        var last = BroadcastProcedure.TurnOf([.. history.Acts.Reverse()]);
        var mayOrder = cases.May(BroadcastingRights.OrderBroadcasts, broadcast);
        return new(
            id,
            state,
            state == BroadcastProcedure.Ordered && mayOrder && standing.Allows(BroadcastProcedure.Stop),
            last.Comment is null && mayOrder && standing.Allows(BroadcastProcedure.Explain),
            standing.Seq,
            last,
            tally,
            speakers,
            speakers.Select(s => s.UnitId).Distinct().ToDictionary(u => u, sight.Tree.PlaceOf),
            standing.State == BroadcastProcedure.Ordered ? await Held(order, cancel) : []
        );
    }

    async Task<IReadOnlyList<string>> Held(BroadcastOrder order, CancellationToken cancel)
    {
        var reach = sight.Over(BroadcastingRights.SeeBroadcasts);
        return
        [
            .. (await held.Of(order, isGiven: true, sight.Tree, cancel))
                .Select(place => place.Within(reach))
                .Where(place => place.Units.Count > 0)
                .Select(place => place.Told(sight.Tree)),
        ];
    }

    public static string Name(PlayStage stage) => stage.ToString().ToLowerInvariant();
}
