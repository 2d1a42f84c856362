using Loa.Air;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Follow;

/// <summary>Everybody sees what was put on the air in his units, the latest first.</summary>
sealed class ListBroadcasts(BroadcastingDb db, Sight sight, TimeProvider clock) : IUseCase
{
    public const int PageSize = 25;

    public sealed record Row(
        Guid Id,
        string Title,
        AirClass Class,
        string State,
        string Unit,
        DateTimeOffset OrderedAt
    );

    public sealed record Response(string Query, int Page, int Total, IReadOnlyList<Row> Rows);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/broadcasts", Show).RequireRight(BroadcastingRights.SeeBroadcasts);

    static IResult Show(string? q, int? page) =>
        UiModule.Show<ListBroadcastsPage>(new { Query = q ?? "", Number = page ?? 1 });

    public async Task<Response> Run(string query, int page, CancellationToken cancel)
    {
        var reach = sight.Over(BroadcastingRights.SeeBroadcasts);
        var rows = db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == BroadcastProcedure.Definition.Name)
            .Within(db, reach);
        if (Folding.Fold(query) is { Length: > 0 } folded)
            rows = rows.Where(c => c.Search.Contains(folded));

        page = PageNumber.Of(page);
        var total = await rows.CountAsync(cancel);
        var found = await rows.OrderByDescending(c => c.MovedAt)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancel);
        return new(query, page, total, [.. found.Select(Seen)]);
    }

    Row Seen(CaseRow row)
    {
        var order = BroadcastOrder.From(row);
        var state = order.StateAt(clock.Moment(), row.State);
        return new(row.Id, row.Title, order.Class, state, sight.Tree.NameOf(row.UnitId), row.OpenedAt);
    }
}
