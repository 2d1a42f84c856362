using System.Globalization;
using Loa.Air;
using Loa.Broadcasting.Programmes;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Planning;

/// <summary>The question before a programme is put in force or changed: what, when, how long, where, and by how many speakers.</summary>
sealed class AskProgramme(Cases<Programme> cases, ProgrammeChecks checks, ISpeakers speakers, Sight sight) : IUseCase
{
    // The rest is counted: a dialog is read at a glance.
    const int Named = 3;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/programmes/question", Changed).RequireRight(BroadcastingRights.OrderBroadcasts);
        routes.MapPost("/programmes/{id:guid}/question", Begun).RequireRight(BroadcastingRights.OrderBroadcasts);
    }

    static async Task<IResult> Changed(Input<ProgrammeRequest> input, AskProgramme useCase, CancellationToken cancel) =>
        TypedResults.Text(await useCase.Run(input.Value, cancel));

    static async Task<IResult> Begun(
        Guid id,
        Input<BeginProgramme.Request> input,
        AskProgramme useCase,
        CancellationToken cancel
    ) => TypedResults.Text(await useCase.Run(id, cancel));

    public async Task<string> Run(ProgrammeRequest request, CancellationToken cancel)
    {
        checks.Actors(request.Units);
        var (plan, @class) = await checks.Plan(request, null, cancel);
        return await Question(request.Name, plan, @class, cancel);
    }

    public async Task<string> Run(Guid id, CancellationToken cancel)
    {
        var seen = await cases.See(id, cancel);
        checks.Actors(seen.Plan.Units);
        return await Question(seen.Case.Title, seen.Plan, await checks.Check(seen.Plan, cancel), cancel);
    }

    async Task<string> Question(string name, ProgrammePlan plan, AirClass @class, CancellationToken cancel)
    {
        var (all, left) = (await speakers.Count(plan.Units, cancel), await speakers.Count(plan.Except, cancel));
        var places = string.Join(", ", plan.Units.Take(Named).Select(sight.Tree.PlaceOf));
        return Words.Get(
            "programme.ask",
            name,
            Words.Get("class." + AirWord.Of(@class)).ToLower(CultureInfo.CurrentCulture),
            plan.Length.Shown(),
            plan.Times.Said(),
            all.Enrolled - left.Enrolled,
            plan.Units.Count > Named ? Words.Get("broadcast.ask-more", places, plan.Units.Count - Named) : places
        );
    }
}
