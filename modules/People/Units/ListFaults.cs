using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Units;

/// <summary>The province's administrator sees which units lie in a ring or below nothing, on which days, and sets them right.</summary>
sealed class ListFaults(PeopleDb db, UnitCases cases, Sight sight) : IUseCase
{
    /// <param name="Named">The parent that its acts name.</param>
    public record Row(Guid Id, string Name, UnitFaultKind Kind, string Named, DateOnly From, DateOnly? To);

    /// <param name="Parents">What a unit may be put below: all but hamlets, as the tree is today.</param>
    public record Response(IReadOnlyList<Row> Faults, IReadOnlyList<Choice> Parents);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/units/faults", () => UiModule.Show<FaultsPage>(new { })).RequireRight(PeopleRights.ManageUnits);
        routes.MapGet("/api/units/faults", Get).RequireRight(PeopleRights.ManageUnits);
    }

    static async Task<IResult> Get(ListFaults useCase, CancellationToken cancel) =>
        TypedResults.Ok(await useCase.Run(cancel));

    public async Task<Response> Run(CancellationToken cancel)
    {
        cases.DemandProvince();
        // What is stored, not what is kept in memory: somebody may look because the two differ.
        var history = await UnitHistory.Read(db, cancel);
        return new(
            [
                .. history
                    .Faults()
                    .Select(f => new Row(
                        f.UnitId,
                        history.NameOn(f.From, f.UnitId),
                        f.Kind,
                        history.NameOn(f.From, f.Named),
                        f.From,
                        f.To
                    )),
            ],
            [
                .. sight
                    .Tree.Roots.SelectMany(r => sight.Tree.SubtreeOf(r.Id))
                    .Where(u => u.Kind is not ("ap" or "khu_pho"))
                    .Select(u => new Choice(u.Id.ToString(), sight.Tree.NameOf(u.Id))),
            ]
        );
    }
}
