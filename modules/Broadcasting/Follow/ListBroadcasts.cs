using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Follow;

/// <summary>Everybody sees what was put on the air in his units, whoever ordered it, the latest first.</summary>
sealed class ListBroadcasts(BroadcastingDb db, IPlays plays, IOfficers officers, Sight sight, TimeProvider clock)
    : IUseCase
{
    const int Together = 500;

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

    public sealed record Response(int Total, IReadOnlyList<Row> Rows);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/broadcasts", () => UiModule.Show<ListBroadcastsPage>(new { }))
            .RequireRight(BroadcastingRights.SeeBroadcasts);
        routes.MapFiles<ListBroadcasts, Row>(
            "/broadcasts",
            BroadcastList.Shape,
            BroadcastingRights.SeeBroadcasts,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    public async Task<Response> Run(ListView view, CancellationToken cancel)
    {
        var known = await Found(view, cancel);
        var total = await known.CountAsync(cancel);
        var stretch = PageStretch.Of(view.Skip, view.Size, total);
        var ids = stretch.Turned(
            await Sorted(known, view.IsDescending ^ stretch.FromEnd)
                .Select(b => b.Id)
                .Skip(stretch.Skip)
                .Take(stretch.Take)
                .ToListAsync(cancel)
        );
        return new(total, await Rows(ids, cancel));
    }

    // In parts, so that the whole list is never held at once.
    async IAsyncEnumerable<Row> All(ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        var known = await Found(view, cancel);
        var all = await Sorted(known, view.IsDescending).Select(b => b.Id).ToListAsync(cancel);
        foreach (var part in all.Chunk(Together))
        foreach (var row in await Rows(part, cancel))
            yield return row;
    }

    static IQueryable<Listed> Sorted(IQueryable<Listed> known, bool descending) =>
        descending
            ? known.OrderByDescending(b => b.At).ThenByDescending(b => b.Id)
            : known.OrderBy(b => b.At).ThenBy(b => b.Id);

    async Task<IQueryable<Listed>> Found(ListView view, CancellationToken cancel)
    {
        var filter = await CaseFilter.Of(view, sight, officers, cancel);
        var known = db.Known(sight.Around(BroadcastingRights.SeeBroadcasts), filter.Units);
        if (filter.Kind is { Length: > 0 } kind)
            known = known.Where(b => b.Kind == kind);
        if (filter.Makers is { } makers)
            known = known.Where(b => makers.Contains(b.MadeBy));
        if (filter.From is { } from)
            known = known.Where(b => b.At >= from);
        if (filter.Before is { } before)
            known = known.Where(b => b.At < before);
        if (string.IsNullOrWhiteSpace(view.Q))
            return known;
        var named = CaseSearch.Named(db, BroadcastProcedure.Definition, view.Q);
        return known.Where(b => named.Contains(b.Id));
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
