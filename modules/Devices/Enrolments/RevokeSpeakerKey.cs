using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>A board was stolen or lies: its key is taken back for ever and it is shown out at once; the place waits for another.</summary>
sealed class RevokeSpeakerKey(DevicesDb db, Sight sight, IUnits units, TimeProvider clock) : IUseCase
{
    public record Request([Prose, MaxLength(2000)] string Comment, int? Seen = null);

    public record Response(Guid Id, string Kid);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/{id:guid}/revoke-key", Post).RequireRight(DevicesRights.ClaimSpeakers);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        RevokeSpeakerKey useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var revoked = await useCase.Run(id, input.Value, cancel);
        http.Say("speakers.key-revoked");
        return Answer.Done(http, $"/speakers/{id}", revoked);
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var speaker =
            await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
        var actor = sight.Demand(DevicesRights.ClaimSpeakers, speaker.UnitId);
        Refuse.If(speaker.Kid is null, "speaker.not-enrolled");
        var tree = await units.Today(cancel);
        var now = clock.Moment();
        var withoutKey = new JsonObject
        {
            ["kid"] = null,
            ["jwk"] = null,
            ["placement"] = null,
            ["delegations"] = null,
        };
        await db.Atomically(
            async () =>
            {
                var deed = new Deed(withoutKey, request.Comment, Seen: request.Seen);
                await db.Move(tree, id, SpeakerProcedure.RevokeKey, deed, actor, now, cancel);
                db.Add(
                    new WithdrawnKey
                    {
                        Kid = speaker.Kid,
                        SpeakerId = id,
                        At = now,
                    }
                );
            },
            cancel
        );
        return new(id, speaker.Kid);
    }
}
