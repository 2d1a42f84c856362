using System.ComponentModel.DataAnnotations;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Airtime;

/// <summary>A leader gives up one row of what his unit said: from now on it is as the unit above says.</summary>
sealed class InheritAirtime(AirtimeCases airtime) : IUseCase
{
    static readonly Dictionary<string, Func<AirPolicy, AirPolicy>> without = new(StringComparer.Ordinal)
    {
        [PolicyPatch.Sessions] = policy => policy with { Sessions = null },
        [PolicyPatch.Limits] = policy => policy with { Limits = null },
        [PolicyPatch.Quiet] = policy => policy with { Quiet = [] },
        [PolicyPatch.Relays] = policy => policy with { Relays = [] },
        [PolicyPatch.Silent] = policy => policy with { SilentDays = [], SilentHolidays = [] },
        [PolicyPatch.Repeat] = policy => policy with { Repeat = null },
    };

    public record Request([MaxLength(20)] string Row, int? Seen = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/airtime/{unit:guid}/inherit", Post).RequireRight(BroadcastingRights.SetAirtime);

    static async Task<IResult> Post(
        Guid unit,
        Input<Request> input,
        InheritAirtime useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(unit, input.Value, cancel);
        http.Say("airtime.said.inherit");
        return Answer.Done(http, $"/airtime/{unit}", moved);
    }

    public async Task<CaseMoved> Run(Guid unit, Request request, CancellationToken cancel)
    {
        if (!without.TryGetValue(request.Row, out var give))
            throw new InvalidException("row", "allowed-values");
        var policy = give(await airtime.Own(unit, cancel));
        return await airtime.Say(unit, policy, null, AirtimeProcedure.Change, new(Seen: request.Seen), cancel);
    }
}
