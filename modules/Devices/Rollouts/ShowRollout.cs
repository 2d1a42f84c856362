using System.Runtime.CompilerServices;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>How far a rollout has come, stage by stage, and which speakers need somebody: those that failed stand first.</summary>
sealed class ShowRollout(Cases<Rollout> cases, DevicesDb db, Sight sight, TimeProvider clock) : IUseCase
{
    public const int PageSize = 25;

    public record Response(
        Plan Plan,
        Case Case,
        LatestActs History,
        StoredPackage Package,
        string Unit,
        IReadOnlyList<GroupTally> Groups,
        IReadOnlyList<Row> Speakers,
        int Page,
        int Total,
        bool MayMove
    );

    public record Row(
        Guid Id,
        string Name,
        Guid UnitId,
        string Place,
        int Group,
        TargetState State,
        Presence Presence,
        long? Version,
        string? Reason,
        DateTimeOffset? At
    );

    public record Progress(string State, int Stage, IReadOnlyList<GroupTally> Groups, string? Why);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rollouts/{id:guid}", Page).RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapGet("/rollouts/{id:guid}/speakers.csv", Export).RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapGet("/api/rollouts/{id:guid}", Json).RequireRight(DevicesRights.UpdateSpeakers);
    }

    static RazorComponentResult<RolloutPage> Page(Guid id, int? page) =>
        UiModule.Show<RolloutPage>(new { Id = id, Number = page ?? 1 });

    static async Task<Progress> Json(Guid id, ShowRollout useCase, CancellationToken cancel)
    {
        var found = await useCase.Run(id, 1, cancel);
        return new(found.Plan.State, found.Plan.Stage, found.Groups, found.History.Last.Comment);
    }

    static async Task<Csv> Export(Guid id, ShowRollout useCase, CancellationToken cancel) =>
        new(
            "rollout.csv",
            [
                .. new[] { "name", "unit", "state", "version", "refused", "last-seen" }.Select(column =>
                    Words.Get("rollouts.column." + column)
                ),
            ],
            useCase.All(await useCase.Find(id, cancel), cancel)
        );

    public async Task<Response> Run(Guid id, int page, CancellationToken cancel)
    {
        var found = await Find(id, cancel);
        var plan = Plan.Of(found);
        var package = await db.Packages.AsNoTracking().FirstAsync(p => p.Id == plan.Package, cancel);
        page = PageNumber.Of(page);
        var (rows, total) = await new RolloutSpeakers(db, id, package).Page((page - 1) * PageSize, PageSize, cancel);
        return new(
            plan,
            found.Case,
            await db.LatestActs(found.Case, cancel),
            package,
            sight.Tree.NameOf(plan.UnitId),
            await new RolloutFacts(db, plan, package, clock.Moment()).Groups(cancel),
            [.. rows.Select(Placed)],
            page,
            total,
            sight.May(DevicesRights.UpdateSpeakers, plan.UnitId)
        );
    }

    async Task<CaseWithActs> Find(Guid id, CancellationToken cancel)
    {
        await cases.See(id, cancel);
        return (await db.FindWithActs(RolloutProcedure.Definition, id, cancel))!;
    }

    Row Placed(Row row) => row with { Place = sight.Tree.PlaceOf(row.UnitId) };

    async IAsyncEnumerable<object?[]> All(
        CaseWithActs found,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        var plan = Plan.Of(found);
        var package = await db.Packages.AsNoTracking().FirstAsync(p => p.Id == plan.Package, cancel);
        await foreach (var row in new RolloutSpeakers(db, plan.Id, package).All(cancel))
            yield return
            [
                row.Name,
                sight.Tree.PlaceOf(row.UnitId),
                Words.Get("rollout.target." + row.State),
                row.Version,
                row.Reason is null ? null : Reasons.Of(row.Reason),
                row.At,
            ];
    }
}
