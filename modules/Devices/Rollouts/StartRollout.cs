using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
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

/// <summary>A technician brings a signed package to the speakers of a unit: first to a few, then, if all goes well, to more, then to all.</summary>
sealed class StartRollout(DevicesDb db, Sight sight, IUnits units, PackageCases packages, TimeProvider clock) : IUseCase
{
    /// <param name="Model">Only speakers of this model; all that the package is for when left out.</param>
    /// <param name="Canary">How many speakers are first; one in a hundred when left out.</param>
    /// <param name="Stages">Percent of all after each further stage; "10,100" when left out.</param>
    /// <param name="WindowFrom">HH:mm in Vietnam; at any hour when left out.</param>
    /// <param name="Pace">At most so many update at once.</param>
    public record Request(
        Guid Package,
        Guid Unit,
        [MaxLength(64)] string? Model = null,
        [Range(1, 1000)] int? Canary = null,
        [RegularExpression("^[0-9]{1,3}(,[0-9]{1,3}){0,7}$")] string? Stages = null,
        [Range(50, 100)] int Threshold = 95,
        [Range(6, 1440)] int WithinMinutes = 30,
        [Range(0, 10080)] int SoakMinutes = 30,
        [Clock] string? WindowFrom = null,
        [Clock] string? WindowTo = null,
        [Range(1, 10_000)] int Pace = 200
    );

    public record Response(Guid Id, int Speakers, int Canary);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rollouts/new", Page).RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapPost("/rollouts", Post).RequireRight(DevicesRights.UpdateSpeakers);
    }

    static RazorComponentResult<NewRolloutPage> Page(Guid? package) =>
        UiModule.Show<NewRolloutPage>(new { Package = package });

    static async Task<IResult> Post(
        Input<Request> input,
        StartRollout useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var started = await useCase.Run(input.Value, cancel);
        http.Say("rollouts.started");
        return Answer.Created(http, $"/rollouts/{started.Id}", started);
    }

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var actor = sight.Demand(DevicesRights.UpdateSpeakers, request.Unit);
        var package = await packages.See(request.Package, cancel);
        Refuse.Unless(package.State == PackageProcedure.Signed, "rollout.not-signed");
        var now = clock.Moment();
        var document = package.Read();
        Refuse.If(document.Expires <= now, "rollout.expired");
        var stages = StagesOf(request.Stages);
        if (request.WindowFrom is null != request.WindowTo is null)
            throw new InvalidException("windowTo", "required");

        var (id, started) = (Guid.CreateVersion7(), (Speakers: 0, Canary: 0));
        var tree = await units.Today(cancel);
        await db.Atomically(
            async () =>
            {
                var speakers = await Speakers(request, package, document, tree, cancel);
                Refuse.If(speakers.Count == 0, "rollout.nobody");
                await RefuseTwoAtOnce(package.Kind, speakers, cancel);
                var canary = Math.Min(speakers.Count, request.Canary ?? Math.Max(1, speakers.Count / 100));
                var groups = Plan.Groups(speakers, canary, stages, id);
                await db.Open(
                    RolloutProcedure.Definition,
                    id,
                    request.Unit,
                    RolloutProcedure.Start,
                    new Deed(Patch(request, package, canary, stages)),
                    actor,
                    now,
                    cancel
                );
                await db.Insert(
                    [
                        .. speakers.Select(s => new RolloutTarget
                        {
                            RolloutId = id,
                            SpeakerId = s.Id,
                            Group = groups[s.Id],
                            NameKey = s.NameKey,
                        }),
                    ],
                    cancel
                );
                started = (speakers.Count, canary);
            },
            cancel
        );
        return new(id, started.Speakers, started.Canary);
    }

    async Task<IReadOnlyList<Candidate>> Speakers(
        Request request,
        StoredPackage package,
        Package document,
        UnitTree tree,
        CancellationToken cancel
    )
    {
        var model = string.IsNullOrWhiteSpace(request.Model) ? null : request.Model.Trim();
        return await db
            .Speakers.AsNoTracking()
            .Where(s => s.State == SpeakerStates.Enrolled)
            .Inside(tree, [request.Unit])
            .Inside(tree, document.Units)
            .Where(s => model == null || s.Model == model)
            .Where(s => document.Models.Count == 0 || document.Models.Contains(s.Model))
            .Where(s => ((package.Kind == PackageKind.Software ? s.Software : s.Configuration) ?? 0) < package.Version)
            .Select(s => new Candidate(s.Id, s.NameKey, s.Presence == Presence.Online))
            .ToListAsync(cancel);
    }

    // Two versions under way to one speaker would each take the other for a failure.
    async Task RefuseTwoAtOnce(PackageKind kind, IReadOnlyList<Candidate> speakers, CancellationToken cancel)
    {
        string[] open = [RolloutProcedure.Live, RolloutProcedure.Paused];
        var cases = await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == RolloutProcedure.Definition.Name && open.Contains(c.State))
            .ToListAsync(cancel);
        var mine = speakers.Select(s => s.Id).ToHashSet();
        foreach (var row in cases)
        {
            var other = Guid.Parse(row.Read().GetProperty("package").GetString()!);
            if (!await db.Packages.AnyAsync(p => p.Id == other && p.Kind == kind, cancel))
                continue;
            var theirs = await db
                .Targets.Where(t => t.RolloutId == row.Id)
                .Select(t => t.SpeakerId)
                .ToListAsync(cancel);
            Refuse.If(theirs.Any(mine.Contains), "rollout.overlaps", row.Title);
        }
    }

    static JsonObject Patch(Request request, StoredPackage package, int canary, IReadOnlyList<int> stages)
    {
        var patch = new JsonObject
        {
            ["label"] = $"{Words.Get("package.kind." + package.Kind)} {package.Label}",
            ["package"] = package.Id.ToString(),
            ["canary"] = canary,
            ["stages"] = JsonSerializer.SerializeToNode(
                stages.Select(s => s.ToString(CultureInfo.InvariantCulture)).ToArray()
            ),
            ["threshold"] = request.Threshold,
            ["within_minutes"] = request.WithinMinutes,
            ["soak_minutes"] = request.SoakMinutes,
            ["pace"] = request.Pace,
        };
        if (!string.IsNullOrWhiteSpace(request.Model))
            patch["package_model"] = request.Model.Trim();
        if (request is { WindowFrom: { Length: > 0 } from, WindowTo: { Length: > 0 } to })
            (patch["window_from"], patch["window_to"]) = (MinuteOf(from), MinuteOf(to));
        return patch;
    }

    static int MinuteOf(string time) =>
        (int)TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;

    static int[] StagesOf(string? text)
    {
        int[] stages =
        [
            .. (string.IsNullOrWhiteSpace(text) ? "10,100" : text)
                .Split(',')
                .Select(s => int.Parse(s, CultureInfo.InvariantCulture)),
        ];
        var rises = stages.Zip(stages.Skip(1)).All(pair => pair.First < pair.Second);
        return rises && stages[0] > 0 && stages[^1] == 100
            ? stages
            : throw new InvalidException("stages", "allowed-values");
    }
}
