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
    public const int PageSize = 25;

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

    public record Response(DateOnly AsOf, int Count, IReadOnlyList<Row> Units, int Total, int Page);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/units",
                (TypedDay? asOf, string? q, int? page) =>
                    UiModule.Show<UnitsPage>(
                        new
                        {
                            AsOf = asOf?.Day,
                            Query = q ?? "",
                            Number = page ?? 1,
                        }
                    )
            )
            .RequireRight(PeopleRights.SeeUnits);
        routes.MapGet("/api/units", Get).RequireRight(PeopleRights.SeeUnits);
        routes.MapGet("/units.csv", Export).RequireRight(PeopleRights.SeeUnits);
    }

    /// <summary>The whole tree for a program; a search when it says what for.</summary>
    static async Task<IResult> Get(TypedDay? asOf, string? q, ListUnits useCase, CancellationToken cancel) =>
        TypedResults.Ok(await useCase.Run(asOf?.Day, q ?? "", 1, int.MaxValue, cancel));

    static async Task<Csv> Export(TypedDay? asOf, string? q, ListUnits useCase, CancellationToken cancel)
    {
        var found = await useCase.Run(asOf?.Day, q ?? "", 1, int.MaxValue, cancel);
        return new(
            FileName.Of(Words.Get("nav.units"), found.AsOf, [q ?? ""], "csv"),
            [
                Words.Get("field.unit_name"),
                Words.Get("field.unit_kind"),
                Words.Get("units.path"),
                Words.Get("field.statistics_code"),
                Words.Get("field.identification_code"),
            ],
            found
                .Units.Select(u =>
                    new object?[]
                    {
                        u.Shown,
                        Words.Get("unit.kind." + u.Kind),
                        u.Path,
                        u.StatisticsCode,
                        u.IdentificationCode,
                    }
                )
                .ToAsyncEnumerable()
        );
    }

    public async Task<Response> Run(DateOnly? asOf, string q, int page, int size, CancellationToken cancel)
    {
        var tree = await units.AsOf(asOf ?? clock.Today(), cancel);
        var found = tree.Roots.SelectMany(r => tree.SubtreeOf(r.Id));
        var terms = SearchTerms.Of(q);
        if (!terms.IsNothing)
        {
            var code = q.Trim();
            // "ap 2 loc tan" is a hamlet by its own name and the commune's; the commune's alone finds the commune.
            found = found
                .Select(u => (Unit: u, Own: terms.CountIn(tree.NameOf(u.Id))))
                .Where(f =>
                    (f.Own > 0 && terms.AreIn(tree.PlaceOf(f.Unit.Id)))
                    || f.Unit.StatisticsCode == code
                    || f.Unit.IdentificationCode == code
                )
                .OrderByDescending(f => f.Own)
                .Select(f => f.Unit);
        }
        var all = found.ToList();
        page = PageNumber.Of(page);
        return new(
            tree.Day,
            tree.Count,
            [.. all.Skip(size == int.MaxValue ? 0 : (page - 1) * size).Take(size).Select(u => RowOf(tree, u))],
            all.Count,
            page
        );
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
