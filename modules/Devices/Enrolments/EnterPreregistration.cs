using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Devices;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Enrolments;

/// <summary>
/// A technician enters the list he has looked at: every place is signed for the key that is expected there, all in one
/// transaction or nothing. From then on such a speaker is claimed when it introduces itself.
/// </summary>
sealed class EnterPreregistration(
    ShowPreregistration show,
    PlanPreregistration plan,
    PlacementSigning signing,
    BulkRegistration registration,
    ClaimPreregistered claim
) : IUseCase
{
    /// <param name="Placements">Signed by the technician's browser in the order of the lines; nothing where the root is at hand.</param>
    public record Request([Prose, MaxLength(4_000_000)] string? Placements = null);

    public record Response(Guid Id, int Entered, int Unchanged, int Claimed);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/speakers/beforehand/{id:guid}", Post).RequireRight(DevicesRights.ClaimSpeakers);
        routes.MapPost("/speakers/beforehand/{id:guid}/placement", Offer).RequireRight(DevicesRights.ClaimSpeakers);
    }

    static async Task<PlacementTexts> Offer(Guid id, EnterPreregistration useCase, CancellationToken cancel) =>
        await useCase.Texts(id, cancel);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        EnterPreregistration useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var entered = await useCase.Run(id, input.Value, cancel);
        http.Say("beforehand.entered");
        return Answer.Done(http, $"/speakers/beforehand/{id}", entered);
    }

    public async Task<PlacementTexts> Texts(Guid id, CancellationToken cancel)
    {
        var planned = await Planned(await show.Find(id, cancel), cancel);
        return signing.Texts(planned.ToEnter.Select(l => l.Wanted!));
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var list = await show.Find(id, cancel);
        Refuse.If(list.DoneAt is not null, "beforehand.done");
        var planned = await Planned(list, cancel);
        var lines = planned.ToEnter;
        var signed = await signing.Sign([.. lines.Select(l => l.Wanted!)], request.Placements, cancel);
        await registration.Store(id, lines, signed, cancel);
        var claimed = await claim.Waiting([.. lines.Select(l => l.Wanted!.Kid)], cancel);
        return new(id, lines.Count, planned.Count(LineOutcome.Unchanged), claimed);
    }

    async Task<PreregistrationPlan> Planned(Preregistration list, CancellationToken cancel)
    {
        var planned = await plan.Run(list, cancel);
        Refuse.If(planned.Faults.Count > 0, "beforehand.faults", planned.Faults.Count);
        return planned;
    }
}
