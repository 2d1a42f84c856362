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

/// <summary>A technician enters a speaker that stands somewhere, before it has a key, or because it never will (another vendor's).</summary>
sealed class RegisterSpeaker(DevicesDb db, Sight sight, IUnits units, TimeProvider clock) : IUseCase
{
    public record Request(
        [MaxLength(64)] string Serial,
        [MaxLength(120)] string Name,
        Guid Unit,
        [Range(1, 64)] int Horns,
        [MaxLength(60)] string? Vendor = null,
        [MaxLength(64)] string? Model = null,
        [Range(-90.0, 90.0)] double? Latitude = null,
        [Range(-180.0, 180.0)] double? Longitude = null
    );

    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers", Post).RequireRight(DevicesRights.ClaimSpeakers);

    static async Task<IResult> Post(
        Input<Request> input,
        RegisterSpeaker useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var registered = await useCase.Run(input.Value, cancel);
        http.Say("speakers.registered");
        return Answer.Created(http, $"/speakers/{registered.Id}", registered);
    }

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var actor = sight.Demand(DevicesRights.ClaimSpeakers, request.Unit);
        var tree = await units.Today(cancel);
        Refuse.If(tree.ChildrenOf(request.Unit).Any(), "claim.not-a-hamlet");
        if (SerialNumber.IsSpoilt(request.Serial))
            throw new InvalidException("serial", "spoilt-number");
        var id = Guid.CreateVersion7();
        var patch = new JsonObject
        {
            ["serial"] = request.Serial.Trim(),
            ["name"] = request.Name.Trim(),
            ["vendor"] = string.IsNullOrWhiteSpace(request.Vendor) ? SpeakerProcedure.Own : request.Vendor.Trim(),
            ["model"] = request.Model ?? "",
            ["horns"] = request.Horns,
        };
        if (request is { Latitude: { } latitude, Longitude: { } longitude })
            (patch["lat"], patch["lon"]) = (latitude, longitude);
        await db.Atomically(
            async () =>
            {
                var serial = request.Serial.Trim();
                Refuse.If(await db.Speakers.AnyAsync(s => s.Serial == serial, cancel), "speaker.serial-taken", serial);
                await db.Open(tree, id, request.Unit, new Deed(patch), actor, clock.Moment(), cancel);
            },
            cancel
        );
        return new(id);
    }
}
