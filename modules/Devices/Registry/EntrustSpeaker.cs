using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>Somebody near a speaker is asked to look after it: whom a technician calls when it is silent.</summary>
sealed class EntrustSpeaker(DevicesDb db, Sight sight, IUnits units, TimeProvider clock) : IUseCase
{
    const string Phones = @"^\+?[0-9][0-9 .()\-]{6,18}$";

    public record Request(
        [MaxLength(120)] string Caretaker,
        [MaxLength(20), RegularExpression(Phones)] string Phone,
        int? Seen = null
    );

    public record Response(Guid Id, string Caretaker, string Phone);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/{id:guid}/entrust", Post).RequireRight(DevicesRights.ClaimSpeakers);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        EntrustSpeaker useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var entrusted = await useCase.Run(id, input.Value, cancel);
        http.Say("speakers.entrusted");
        return Answer.Done(http, $"/speakers/{id}", entrusted);
    }

    async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var speaker =
            await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
        var actor = sight.Demand(DevicesRights.ClaimSpeakers, speaker.UnitId);
        var patch = new JsonObject { ["caretaker"] = request.Caretaker, ["caretaker_phone"] = request.Phone };
        var deed = new Deed(patch, Seen: request.Seen);
        await db.Move(await units.Today(cancel), id, SpeakerProcedure.Entrust, deed, actor, clock.Moment(), cancel);
        return new(id, request.Caretaker, request.Phone);
    }
}
