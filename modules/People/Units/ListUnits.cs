using System.Runtime.CompilerServices;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Units;

/// <summary>Anyone who works here sees the unit tree as it was, is or will be on a day, and finds a unit by name or code.</summary>
sealed class ListUnits(IUnits units, TimeProvider clock) : IUseCase
{
    public record Row(
        Guid Id,
        string Name,
        string Shown,
        string Kind,
        Guid? Parent,
        string Path,
        string? StatisticsCode,
        string? IdentificationCode,
        DateOnly ValidFrom,
        DateOnly? ValidTo
    );

    public record Response(DateOnly AsOf, int Count, IReadOnlyList<Row> Units, int Total, IReadOnlyList<string> Kinds);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/units", () => UiModule.Show<UnitsPage>(new { })).RequireRight(PeopleRights.SeeUnits);
        routes.MapGet("/api/units", Json).RequireRight(PeopleRights.SeeUnits);
        routes.MapFiles<ListUnits, Row>(
            "/units",
            UnitList.Shape,
            PeopleRights.SeeUnits,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    /// <summary>The whole tree for a program; a search when it says what for.</summary>
    static Task<Response> Json(HttpContext http, ListUnits useCase, CancellationToken cancel) =>
        useCase.Run(UnitList.Shape.Asked(http), cancel);

    async IAsyncEnumerable<Row> All(ListView<Row> view, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var row in (await Run(view, cancel)).Units)
            yield return row;
    }

    /// <summary>All that the list holds: the tree is in memory as it is.</summary>
    public async Task<Response> Run(ListView<Row> view, CancellationToken cancel)
    {
        var tree = await units.AsOf(view.DayOf(UnitList.Day) ?? clock.Today(), cancel);
        var all = view.UnitOf(UnitList.Below, tree) is { } top
            ? tree.SubtreeOf(top)
            : tree.Roots.SelectMany(r => tree.SubtreeOf(r.Id));
        var kinds = tree.All.Select(u => u.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        if (view.Of(UnitList.Kind) is { Length: > 0 } kind)
            all = all.Where(u => u.Kind == kind);
        IReadOnlyList<Row> rows = [.. Found(tree, all, view.Q).Select(u => RowOf(tree, u))];
        if (view.IsSorted)
            rows = view.InOrder(rows);
        return new(tree.Day, tree.Count, rows, rows.Count, [.. kinds]);
    }

    static IEnumerable<Unit> Found(UnitTree tree, IEnumerable<Unit> all, string q)
    {
        var terms = SearchTerms.Of(q);
        if (terms.IsNothing)
            return all;
        var code = q.Trim();
        // "ap 2 loc tan" is a hamlet by its own name and the commune's; the commune's alone finds the commune.
        return all.Select(u => (Unit: u, Own: terms.CountIn(tree.NameOf(u.Id))))
            .Where(f =>
                (f.Own > 0 && terms.AreIn(tree.PlaceOf(f.Unit.Id)))
                || f.Unit.StatisticsCode == code
                || f.Unit.IdentificationCode == code
            )
            .OrderByDescending(f => f.Own)
            .Select(f => f.Unit);
    }

    static Row RowOf(UnitTree tree, Unit unit) =>
        new(
            unit.Id,
            unit.Name,
            tree.NameOf(unit.Id),
            unit.Kind,
            unit.ParentId,
            string.Join(" › ", tree.PathOf(unit.Id).SkipLast(1).Select(tree.NameOf)),
            unit.StatisticsCode,
            unit.IdentificationCode,
            unit.ValidFrom,
            unit.ValidTo
        );
}
