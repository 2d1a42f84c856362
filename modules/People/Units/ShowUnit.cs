using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Data;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Units;

/// <summary>One unit on a day: codes, place in the tree, what it came out of, what came out of it, and all its acts.</summary>
sealed class ShowUnit(PeopleDb db, IUnits units, Sight sight, TimeProvider clock) : IUseCase
{
    public record Link(Guid Id, string Name, string? Code);

    public record Response(
        Guid Id,
        DateOnly AsOf,
        string Name,
        Unit? Unit,
        bool MadeUp,
        bool LinksMadeUp,
        IReadOnlyList<Link> Path,
        IReadOnlyList<Link> Children,
        IReadOnlyList<Link> Predecessors,
        IReadOnlyList<Link> Successors,
        IReadOnlyList<Step> History,
        bool MayManage,
        bool SeesAirtime
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/units/{id:guid}",
                (Guid id, TypedDay? asOf) => UiModule.Show<UnitPage>(new { Id = id, Day = asOf?.Day })
            )
            .RequireRight(PeopleRights.SeeUnits);
        routes.MapGet("/api/units/{id:guid}", Get).RequireRight(PeopleRights.SeeUnits);
    }

    static async Task<IResult> Get(Guid id, TypedDay? asOf, ShowUnit useCase, CancellationToken cancel) =>
        TypedResults.Ok(await useCase.Run(id, asOf?.Day, cancel));

    public async Task<Response> Run(Guid id, DateOnly? asOf, CancellationToken cancel)
    {
        var found = await db.FindWithActs(UnitProcedure.Definition, id, cancel) ?? throw new MissingException("unit");
        var tree = await units.AsOf(asOf ?? clock.Today(), cancel);
        var unit = tree.Find(id);
        var first = StepsOf(found)[0].Effective;
        var before = await units.AsOf(first.AddDays(-1), cancel);
        var end = StepsOf(found).FirstOrDefault(s => s.Move == UnitProcedure.Dissolve)?.Effective;
        var after = end is { } day ? await units.AsOf(day, cancel) : null;
        return new(
            id,
            tree.Day,
            unit?.Name ?? found.Case.Title,
            unit,
            found.Case.Flag("unit_made_up"),
            found.Case.Flag("links_made_up"),
            Links(tree, tree.PathOf(id).SkipLast(1)),
            Links(tree, tree.ChildrenOf(id).Select(u => u.Id)),
            Links(before, found.Case.Texts("predecessors").Select(Guid.Parse)),
            after is null ? [] : Links(after, after.All.Where(u => u.Predecessors.Contains(id)).Select(u => u.Id)),
            [.. found.Acts.Reverse().Select(act => StepOf(act, tree))],
            sight.Tree.Find(id) is not null && sight.May(PeopleRights.ManageUnits, id),
            sight.Tree.Find(id) is not null && sight.Touches(BroadcastingRights.SeeAirtime, id)
        );
    }

    static UnitStep[] StepsOf(CaseWithActs found) =>
        [.. found.Acts.Select(a => UnitStep.Read(a.CaseId, a.Seq, a.Move, a.Patch))];

    static IReadOnlyList<Link> Links(UnitTree tree, IEnumerable<Guid> ids) =>
        [.. ids.Select(tree.Find).OfType<Unit>().Select(u => new Link(u.Id, tree.NameOf(u.Id), u.StatisticsCode))];

    static Step StepOf(Act act, UnitTree tree)
    {
        var step = UnitStep.Read(act.CaseId, act.Seq, act.Move, act.Patch);
        var name = step.Patch["unit_name"]?.GetValue<string>();
        var parent = step.Patch["parent"] is { } p ? tree.NameOf(Guid.Parse(p.GetValue<string>())) : null;
        var what = string.Join(" – ", new[] { name, parent == "—" ? null : parent }.OfType<string>());
        return new(
            Words.Get("units.step", Words.Get("move.unit." + act.Move), step.Effective.Shown()),
            act.By,
            act.At,
            act.Comment ?? (what.Length > 0 ? what : null),
            act.Move == UnitProcedure.Dissolve ? Tone.Warn : Tone.Quiet
        );
    }
}
