using System.Runtime.CompilerServices;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>How far a rollout has come, stage by stage, and which speakers need somebody: those that failed stand first.</summary>
sealed class ShowRollout(Cases<Rollout> cases, DevicesDb db, Sight sight, TimeProvider clock) : IUseCase
{
    public record Response(
        Plan Plan,
        Case Case,
        LatestActs History,
        StoredPackage Package,
        string Unit,
        IReadOnlyList<GroupTally> Groups,
        IReadOnlyList<Row> Speakers,
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
    )
    {
        /// <summary>The stage of the rollout that it is in, in words.</summary>
        public string Stage { get; init; } = "";

        public string StateText =>
            Words.Get(
                this is { State: TargetState.Waiting, Presence: not Presence.Online }
                    ? "rollout.target.away"
                    : "rollout.target." + State
            );
    }

    public record Progress(string State, int Stage, IReadOnlyList<GroupTally> Groups, string? Why);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rollouts/{id:guid}", Page).RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapGet("/api/rollouts/{id:guid}", Json).RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapFiles<ShowRollout, Row>(
            "/rollouts/{id:guid}",
            RolloutLists.Speakers,
            DevicesRights.UpdateSpeakers,
            (useCase, _, http) => useCase.All(Guid.Parse($"{http.GetRouteValue("id")}"), http.RequestAborted)
        );
    }

    static RazorComponentResult<RolloutPage> Page(Guid id) => UiModule.Show<RolloutPage>(new { Id = id });

    static async Task<Progress> Json(Guid id, HttpContext http, ShowRollout useCase, CancellationToken cancel)
    {
        var found = await useCase.Run(id, RolloutLists.Speakers.Asked(http), cancel);
        return new(found.Plan.State, found.Plan.Stage, found.Groups, found.History.Last.Comment);
    }

    public async Task<Response> Run(Guid id, ListView view, CancellationToken cancel)
    {
        var found = await Find(id, cancel);
        var plan = Plan.Of(found);
        var package = await db.Packages.AsNoTracking().FirstAsync(p => p.Id == plan.Package, cancel);
        var speakers = new RolloutSpeakers(db, id, package);
        var sections = await speakers.Sections(cancel);
        var rows = await speakers.Page(sections, view.Skip, view.Size, cancel);
        return new(
            plan,
            found.Case,
            await db.LatestActs(found.Case, cancel),
            package,
            sight.Tree.NameOf(plan.UnitId),
            await new RolloutFacts(db, plan, package, clock.Moment()).Groups(sections, cancel),
            [.. rows.Select(row => Placed(row, plan))],
            sections.Sum(s => s.Count),
            sight.May(DevicesRights.UpdateSpeakers, plan.UnitId)
        );
    }

    async Task<CaseWithActs> Find(Guid id, CancellationToken cancel)
    {
        await cases.See(id, cancel);
        return (await db.FindWithActs(RolloutProcedure.Definition, id, cancel))!;
    }

    Row Placed(Row row, Plan plan) =>
        row with
        {
            Place = sight.Tree.PlaceOf(row.UnitId),
            Stage = StageOf(row.Group, plan),
        };

    /// <summary>A group of the rollout as people say it: the first few, or up to how many of a hundred.</summary>
    public static string StageOf(int group, Plan plan) =>
        group == 0 ? Words.Get("rollouts.canary") : Words.Get("rollouts.up-to", plan.Stages[group - 1]);

    async IAsyncEnumerable<Row> All(Guid id, [EnumeratorCancellation] CancellationToken cancel)
    {
        var plan = Plan.Of(await Find(id, cancel));
        var package = await db.Packages.AsNoTracking().FirstAsync(p => p.Id == plan.Package, cancel);
        await foreach (var row in new RolloutSpeakers(db, plan.Id, package).All(cancel))
            yield return Placed(row, plan);
    }
}
