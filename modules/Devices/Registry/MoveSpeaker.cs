using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Devices.Timetables;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>A speaker was taken to another hamlet: its new place is signed and it is told what is planned there.</summary>
sealed class MoveSpeaker(
    DevicesDb db,
    Sight sight,
    IUnits units,
    ITrust trust,
    Sync sync,
    MakeTimetables make,
    TimeProvider clock
) : IUseCase
{
    public record Request(Guid Unit, int? Seen = null);

    public record Response(Guid Id, Guid Unit);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/{id:guid}/move", Post).RequireRight(Rights.ClaimSpeakers);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        MoveSpeaker useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(id, input.Value, cancel);
        http.Say("speakers.moved");
        return Answer.Done(http, $"/speakers/{id}", moved);
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var speaker =
            await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
        sight.Demand(Rights.ClaimSpeakers, speaker.UnitId);
        var actor = sight.Demand(Rights.ClaimSpeakers, request.Unit);
        var tree = await units.Today(cancel);
        Refuse.If(tree.ChildrenOf(request.Unit).Any(), "claim.not-a-hamlet");
        Refuse.If(request.Unit == speaker.UnitId, "speaker.already-there");

        var now = clock.Moment();
        var patch = await Patch(speaker, tree.PathOf(request.Unit), now, cancel);
        await db.Move(
            tree,
            id,
            "move",
            new Deed(patch, Expected: request.Seen),
            actor,
            now,
            cancel,
            toUnit: request.Unit
        );
        if (speaker.Kid is not null)
        {
            await sync.Place(await db.Speakers.AsNoTracking().FirstAsync(s => s.Id == id, cancel), cancel);
            await make.For([id], cancel);
        }
        return new(id, request.Unit);
    }

    async Task<JsonObject> Patch(
        Speaker speaker,
        IReadOnlyList<Guid> path,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (speaker.Kid is not { } kid)
            return [];
        var version = speaker.PlacementVersion + 1;
        var signed = await trust.Place(PlacementPayload.Of(speaker.Id, kid, version, path, now), cancel);
        return new()
        {
            ["placement"] = signed.Jws,
            ["placement_version"] = version,
            ["delegations"] = JsonSerializer.SerializeToNode(signed.Delegations),
        };
    }
}
