using Loa.Broadcasting.Airings;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Follow;

/// <summary>One broadcast, live: how many speakers hold it, verified it, play it, were heard; and which ones need a look.</summary>
sealed class ShowBroadcast(BroadcastingDb db, IPlays plays, Sight sight, TimeProvider clock) : IUseCase
{
    public const int PageSize = 100;

    public sealed record Response(
        Guid Id,
        string State,
        Airing Airing,
        IReadOnlyList<string> Units,
        IReadOnlyList<Act> Acts,
        Progress Progress
    );

    /// <summary>The part that changes while one looks.</summary>
    /// <param name="State">"over" when its time has run out.</param>
    /// <param name="Last">What was done to it last: who took it off the air, when and why.</param>
    public sealed record Progress(
        Guid Id,
        string State,
        bool MayStop,
        int Seq,
        Act Last,
        PlayTally Tally,
        IReadOnlyList<SpeakerPlay> Speakers,
        IReadOnlyDictionary<Guid, string> Units
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/broadcasts/{id:guid}", Show).RequireRight(BroadcastingRights.SeeBroadcasts);
        routes.MapGet("/api/broadcasts/{id:guid}", Tell).RequireRight(BroadcastingRights.SeeBroadcasts);
    }

    static IResult Show(Guid id, int? page) => UiModule.Show<ShowBroadcastPage>(new { Id = id, Number = page ?? 1 });

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
                seen.Airing.Title,
                seen.Progress.Tally.Total,
                Stages = seen.Progress.Tally.ByStage.ToDictionary(
                    s => Name(s.Key),
                    s => s.Value,
                    StringComparer.Ordinal
                ),
                seen.Progress.Tally.IsOver,
                Speakers = seen.Progress.Speakers.Select(s => new
                {
                    s.SpeakerId,
                    s.Name,
                    Place = seen.Progress.Units[s.UnitId],
                    s.Online,
                    Stage = Name(s.Stage),
                    s.Reason,
                    s.At,
                }),
            }
        );
    }

    public async Task<Response> Run(Guid id, int page, CancellationToken cancel)
    {
        var broadcast = await Find(id, cancel);
        var airing = Airing.From(CaseRow.Of(broadcast));
        return new(
            id,
            broadcast.State!,
            airing,
            [.. airing.Units.Select(sight.Tree.NameOf)],
            broadcast.Acts,
            (await Look(broadcast, page, cancel)).Progress
        );
    }

    /// <summary>Only the changing part; the right is checked by whoever began to look.</summary>
    public async Task<(Progress Progress, Airing Airing)> Look(Guid id, int page, CancellationToken cancel) =>
        await Look((await db.Find(BroadcastProcedure.Definition, id, cancel))!, page, cancel);

    async Task<(Progress Progress, Airing Airing)> Look(Case broadcast, int page, CancellationToken cancel)
    {
        var id = broadcast.Id;
        var tally = await plays.Tally(id, cancel);
        var speakers = await plays.Of(id, tally, (PageNumber.Of(page) - 1) * PageSize, PageSize, cancel);
        var airing = Airing.From(CaseRow.Of(broadcast));
        var isOver = broadcast.State == BroadcastProcedure.Ordered && airing.OverAt <= clock.Moment();
        var isPlayed = tally is { Total: > 0, IsOver: true };
        var progress = new Progress(
            id,
            isOver ? "over" : broadcast.State!,
            !isOver
                && !isPlayed
                && broadcast.Allows(BroadcastProcedure.Stop)
                && sight.May(BroadcastingRights.OrderBroadcasts, broadcast),
            broadcast.Seq,
            broadcast.Last,
            tally,
            speakers,
            speakers.Select(s => s.UnitId).Distinct().ToDictionary(u => u, sight.Tree.PlaceOf)
        );
        return (progress, airing);
    }

    public async Task<Case> Find(Guid id, CancellationToken cancel)
    {
        var broadcast =
            await db.Find(BroadcastProcedure.Definition, id, cancel) ?? throw new MissingException("broadcast");
        sight.Demand(BroadcastingRights.SeeBroadcasts, broadcast);
        return broadcast;
    }

    public static string Name(PlayStage stage) => stage.ToString().ToLowerInvariant();
}
