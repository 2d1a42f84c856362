using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Airtime;

/// <summary>A leader takes back the last change of his unit's policy: what it said before is said again, from now on.</summary>
sealed class UndoAirtime(AirtimeCases airtime) : IUseCase
{
    public record Request(int Seen);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/airtime/{unit:guid}/undo", Post).RequireRight(BroadcastingRights.SetAirtime);

    static async Task<IResult> Post(
        Guid unit,
        Input<Request> input,
        UndoAirtime useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(unit, input.Value, cancel);
        http.Say("airtime.said.undo");
        return Answer.Done(http, $"/airtime/{unit}", moved);
    }

    public async Task<CaseMoved> Run(Guid unit, Request request, CancellationToken cancel)
    {
        var acts = await airtime.Acts(unit, cancel, count: 2);
        Refuse.If(acts.Length == 0, "airtime.nothing-to-undo");
        // Before its first word the unit had said nothing.
        var former = acts is [_, var before] ? PolicyPatch.Read(before).Policy : new AirPolicy();
        return await airtime.Say(unit, former, null, AirtimeProcedure.Undo, new(Seen: request.Seen), cancel);
    }
}
