using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>
/// A technician types the code that a speaker shows and says which place it stands at; the place is signed for its key,
/// and the speaker collects it.
/// </summary>
sealed class ClaimSpeaker(
    DevicesDb db,
    Sight sight,
    IUnits units,
    PlacementSigning signing,
    FindEnrolment find,
    TimeProvider clock
) : IUseCase
{
    /// <param name="Speaker">The place, if it is registered already.</param>
    /// <param name="Unit">The hamlet of a new place.</param>
    /// <param name="Name">The name of a new place.</param>
    /// <param name="Replace">The place has a board already, or another was expected, and this one takes over; its history stays.</param>
    /// <param name="Placements">The place, signed by the technician's browser; nothing where the root is at hand.</param>
    public record Request(
        [MaxLength(40)] string Code,
        Guid? Speaker = null,
        Guid? Unit = null,
        [MaxLength(120)] string? Name = null,
        bool Replace = false,
        [Prose, MaxLength(64 * 1024)] string? Placements = null
    );

    public record Response(Guid Id, string Name, string Serial, string Kid);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/speakers/claim", Post).RequireRight(DevicesRights.ClaimSpeakers);
        routes.MapPost("/speakers/claim/placement", Offer).RequireRight(DevicesRights.ClaimSpeakers);
    }

    static Task<PlacementTexts> Offer(Input<Request> input, ClaimSpeaker useCase, CancellationToken cancel) =>
        useCase.Texts(input.Value, cancel);

    static async Task<IResult> Post(
        Input<Request> input,
        ClaimSpeaker useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var claimed = await useCase.Run(input.Value, cancel);
        http.Say("speakers.claimed");
        return Answer.Done(http, $"/speakers/{claimed.Id}", claimed);
    }

    /// <summary>What the technician's browser is to sign for this claim.</summary>
    public async Task<PlacementTexts> Texts(Request request, CancellationToken cancel) =>
        signing.Texts([(await Check(request, cancel)).Wanted]);

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var claim = await Check(request, cancel);
        var (open, place, wanted, actor) = claim;
        var signed = (await signing.Sign([wanted], request.Placements, cancel))[0];
        var (id, version, at) = (wanted.Speaker, wanted.Version, clock.Moment());
        var unit = wanted.Path[^1];
        var tree = await units.Today(cancel);
        var replaces = place?.State == SpeakerStates.Enrolled;

        await db.Atomically(
            async () =>
            {
                var still = await db.Enrolments.FirstAsync(e => e.Id == open.Id, cancel);
                Refuse.If(still.SpeakerId is not null, "claim.claimed");
                if (place is null)
                    await db.Open(tree, id, unit, new Deed(NewPlace(open, request.Name!)), actor, at, cancel);
                var move = replaces ? SpeakerProcedure.ReplaceBoard : SpeakerProcedure.Claim;
                var deed = new Deed(Board(open, version, signed));
                await db.Move(tree, id, move, deed, actor, at, cancel);
                (still.SpeakerId, still.ClaimedAt) = (id, at);
            },
            cancel
        );
        return new(id, place?.Name ?? request.Name!.Trim(), open.Serial, open.Kid);
    }

    async Task<Claim> Check(Request request, CancellationToken cancel)
    {
        var open = await find.ByCode(request.Code, cancel);
        var place = await PlaceFor(open, request, cancel);
        Refuse.If(place is null && request.Unit is null, "claim.no-place");
        var unit = place?.UnitId ?? request.Unit!.Value;
        var actor = sight.Demand(DevicesRights.ClaimSpeakers, unit);
        var tree = await units.Today(cancel);
        var replaces = place?.State == SpeakerStates.Enrolled;
        Refuse.If(place?.State == SpeakerStates.Retired, "claim.retired");
        Refuse.If(replaces && !request.Replace, "claim.place-taken", place?.Name);
        Refuse.If(
            place is not null && !replaces && !request.Replace && place.Serial != open.Serial,
            "claim.serial-differs",
            place?.Serial,
            open.Serial
        );
        Refuse.If(
            !request.Replace && await IsAnotherExpected(place, open, cancel),
            "claim.other-expected",
            place?.Name
        );
        Refuse.If(tree.PathOf(unit).Count == 0 || tree.ChildrenOf(unit).Any(), "claim.not-a-hamlet");
        Refuse.If(place is null && string.IsNullOrWhiteSpace(request.Name), "claim.no-name");
        // A new place is named after the enrolment, so that what is signed and what is stored are one.
        var wanted = new WantedPlacement(
            place?.Id ?? open.Id,
            open.Kid,
            (place?.PlacementVersion ?? 0) + 1,
            tree.PathOf(unit)
        );
        return new(open, place, wanted, actor);
    }

    async Task<bool> IsAnotherExpected(Speaker? place, OpenEnrolment open, CancellationToken cancel) =>
        place is not null
        && await db.PreregisteredKeys.AnyAsync(e => e.SpeakerId == place.Id && e.Kid != open.Kid, cancel);

    async Task<Speaker?> PlaceFor(OpenEnrolment open, Request request, CancellationToken cancel)
    {
        var bySerial = await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Serial == open.Serial, cancel);
        if (request.Speaker is not { } id || id == bySerial?.Id)
        {
            // Chosen or not, a serial that is registered has its place.
            Refuse.If(
                bySerial is not null && request.Unit is { } unit && unit != bySerial.UnitId,
                "claim.serial-elsewhere",
                open.Serial,
                bySerial?.Name
            );
            return bySerial;
        }
        Refuse.If(bySerial is not null, "claim.serial-elsewhere", open.Serial, bySerial?.Name);
        return await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
    }

    static JsonObject NewPlace(OpenEnrolment open, string name) =>
        new()
        {
            ["serial"] = open.Serial,
            ["name"] = name.Trim(),
            ["vendor"] = open.Vendor ?? SpeakerProcedure.Own,
            ["horns"] = open.Horns,
        };

    internal static JsonObject Board(OpenEnrolment open, long version, SignedPlacement signed) =>
        new()
        {
            ["serial"] = open.Serial,
            ["model"] = open.Model,
            ["firmware"] = open.Firmware,
            ["horns"] = open.Horns,
            ["kid"] = open.Kid,
            ["jwk"] = JsonNode.Parse(open.Jwk),
            ["placement"] = signed.Jws,
            ["placement_version"] = version,
            ["delegations"] = JsonSerializer.SerializeToNode(signed.Delegations),
            ["expected_kid"] = null,
            ["expected_placement"] = null,
            ["expected_version"] = null,
            ["expected_delegations"] = null,
        };

    sealed record Claim(OpenEnrolment Open, Speaker? Place, WantedPlacement Wanted, Actor Actor);
}
