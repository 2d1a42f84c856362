using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>A speaker was taken to another hamlet: its new place is signed and it is told what is planned there.</summary>
sealed class MoveSpeaker(DevicesDb db, Sight sight, IUnits units, PlacementSigning signing, TimeProvider clock)
    : IUseCase
{
    /// <param name="Placements">The new place, signed by the technician's browser; nothing where the root is at hand.</param>
    public record Request(Guid Unit, int? Seen = null, [Prose, MaxLength(64 * 1024)] string? Placements = null);

    public record Response(Guid Id, Guid Unit);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/speakers/{id:guid}/move", Post).RequireRight(DevicesRights.ClaimSpeakers);
        routes.MapPost("/speakers/{id:guid}/move/placement", Offer).RequireRight(DevicesRights.ClaimSpeakers);
    }

    static Task<PlacementTexts> Offer(Guid id, Input<Request> input, MoveSpeaker useCase, CancellationToken cancel) =>
        useCase.Texts(id, input.Value, cancel);

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

    /// <summary>What the technician's browser is to sign for this move; nothing for a speaker without a key.</summary>
    public async Task<PlacementTexts> Texts(Guid id, Request request, CancellationToken cancel)
    {
        var (wanted, _) = await Check(id, request, cancel);
        return signing.Texts(wanted is null ? [] : [wanted]);
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var (wanted, actor) = await Check(id, request, cancel);
        var patch = wanted is null
            ? PreregisteredKey.Nothing()
            : Placed(wanted, (await signing.Sign([wanted], request.Placements, cancel))[0]);
        // Who looked after it there is not to be called for what stands here.
        (patch["caretaker"], patch["caretaker_phone"]) = (null, null);
        await db.Move(
            await units.Today(cancel),
            id,
            SpeakerProcedure.Move,
            new Deed(patch, Seen: request.Seen),
            actor,
            clock.Moment(),
            cancel,
            toUnit: request.Unit
        );
        return new(id, request.Unit);
    }

    async Task<(WantedPlacement? Wanted, Actor Actor)> Check(Guid id, Request request, CancellationToken cancel)
    {
        var speaker =
            await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
        sight.Demand(DevicesRights.ClaimSpeakers, speaker.UnitId);
        var actor = sight.Demand(DevicesRights.ClaimSpeakers, request.Unit);
        var tree = await units.Today(cancel);
        Refuse.If(tree.PathOf(request.Unit).Count == 0 || tree.ChildrenOf(request.Unit).Any(), "claim.not-a-hamlet");
        var key = await db.Keys.AsNoTracking().FirstOrDefaultAsync(k => k.SpeakerId == id, cancel);
        // Where it stands may be signed anew when the key that signed it is no longer believed.
        var again = key is not null && (await signing.Revoked(cancel)).Contains(key.PlacedBy);
        Refuse.If(request.Unit == speaker.UnitId && !again, "speaker.already-there");
        if (key is null)
            return (null, actor);
        var from = Placement.TryRead(key.Placement, out var read, out _) ? read.Document.Path : null;
        return (new(id, key.Kid, speaker.PlacementVersion + 1, tree.PathOf(request.Unit), from), actor);
    }

    static JsonObject Placed(WantedPlacement wanted, SignedPlacement signed) =>
        new()
        {
            ["placement"] = signed.Jws,
            ["placement_version"] = wanted.Version,
            ["delegations"] = JsonSerializer.SerializeToNode(signed.Delegations),
        };
}
