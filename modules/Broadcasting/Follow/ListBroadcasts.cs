using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Follow;

/// <summary>Everybody sees what was put on the air in his units, whoever ordered it, the latest first.</summary>
sealed class ListBroadcasts(BroadcastingDb db, IPlays plays, Sight sight, TimeProvider clock) : IUseCase
{
    public const int PageSize = 25;

    public sealed record Row(
        Guid Id,
        string Title,
        AirClass Class,
        string State,
        string Unit,
        string OrderedBy,
        DateTimeOffset OrderedAt,
        ActDone? TakenOff
    );

    public sealed record Response(string Query, int Page, int Total, IReadOnlyList<Row> Rows);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/broadcasts", Show).RequireRight(BroadcastingRights.SeeBroadcasts);
        routes.MapGet("/broadcasts.csv", Export).RequireRight(BroadcastingRights.SeeBroadcasts);
    }

    static IResult Show(string? q, int? page) =>
        UiModule.Show<ListBroadcastsPage>(new { Query = q ?? "", Number = page ?? 1 });

    static IResult Export(string? q, ListBroadcasts useCase, CancellationToken cancel) =>
        useCase.AsFile(q ?? "", cancel);

    public async Task<Response> Run(string query, int page, CancellationToken cancel)
    {
        page = PageNumber.Of(page);
        var known = Found(query);
        var total = await known.CountAsync(cancel);
        var ids = await known
            .OrderByDescending(b => b.At)
            .ThenByDescending(b => b.Id)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .Select(b => b.Id)
            .ToListAsync(cancel);
        return new(query, page, total, await Rows(ids, cancel));
    }

    Csv AsFile(string query, CancellationToken cancel) =>
        new(
            $"{Words.Get("broadcasts.file")}-{clock.Today():yyyyMMdd}.csv",
            [
                Words.Get("field.title"),
                Words.Get("broadcast.class"),
                Words.Get("broadcast.unit"),
                Words.Get("broadcast.ordered-by"),
                Words.Get("broadcast.ordered-at"),
                Words.Get("broadcast.state"),
                Words.Get("broadcast.stopped-by"),
                Words.Get("broadcast.stopped-at"),
                Words.Get("broadcast.why"),
            ],
            Lines(query, cancel)
        );

    // In parts, so that the whole list is never held at once.
    async IAsyncEnumerable<object?[]> Lines(string query, [EnumeratorCancellation] CancellationToken cancel)
    {
        var all = await Found(query)
            .OrderByDescending(b => b.At)
            .ThenByDescending(b => b.Id)
            .Select(b => b.Id)
            .ToListAsync(cancel);
        foreach (var part in all.Chunk(500))
        foreach (var row in await Rows(part, cancel))
            yield return
            [
                row.Title,
                Words.Get("class." + AirWord.Of(row.Class)),
                row.Unit,
                row.OrderedBy,
                row.OrderedAt,
                Words.Get("state.broadcast." + row.State),
                row.TakenOff?.By,
                row.TakenOff?.At,
                row.TakenOff?.Comment,
            ];
    }

    IQueryable<Listed> Found(string query)
    {
        var known = db.Known(sight.Around(BroadcastingRights.SeeBroadcasts));
        return Folding.Fold(query) is { Length: > 0 } folded
            ? known.Where(b => db.Cases.Any(c => c.Id == b.Id && c.Search.Contains(folded)))
            : known;
    }

    async Task<IReadOnlyList<Row>> Rows(IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var cases = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        // An order has few acts: given, stopped or withdrawn, explained.
        var acts = (
            await db.Acts.AsNoTracking().Where(a => ids.Contains(a.CaseId)).OrderBy(a => a.Seq).ToListAsync(cancel)
        ).ToLookup(a => a.CaseId);
        var rows = new List<Row>();
        foreach (var id in ids)
            rows.Add(await Seen(cases[id], [.. acts[id].Select(ActDone.Of)], cancel));
        return rows;
    }

    async Task<Row> Seen(CaseRow row, IReadOnlyList<ActDone> acts, CancellationToken cancel)
    {
        var order = BroadcastOrder.From(row);
        var state =
            row.State == BroadcastProcedure.Ordered
                ? order.StateAt(clock.Moment(), row.State, await plays.Outline(row.Id, cancel))
                : row.State;
        return new(
            row.Id,
            row.Title,
            order.Class,
            state,
            sight.Tree.NameOf(row.UnitId),
            acts[0].By,
            row.OpenedAt,
            BroadcastProcedure.TurnOf(acts) is { Move: not BroadcastProcedure.Order } turn ? turn : null
        );
    }
}
