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

/// <summary>A speaker is taken down, or put up again; while it is down its key opens nothing.</summary>
sealed class RetireSpeaker(DevicesDb db, Sight sight, IUnits units, TimeProvider clock) : IUseCase
{
    public record Retirement([Prose, MaxLength(2000)] string Comment, int? Seen = null);

    public record Restoration(int? Seen = null);

    public record Response(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/speakers/{id:guid}/retire", Retire).RequireRight(DevicesRights.ClaimSpeakers);
        routes.MapPost("/speakers/{id:guid}/restore", Restore).RequireRight(DevicesRights.ClaimSpeakers);
    }

    static async Task<IResult> Retire(
        Guid id,
        Input<Retirement> input,
        RetireSpeaker useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var deed = new Deed(Comment: input.Value.Comment, Seen: input.Value.Seen);
        var retired = await useCase.Run(id, SpeakerProcedure.Retire, deed, cancel);
        http.Say("speakers.retired");
        return Answer.Done(http, $"/speakers/{id}", retired);
    }

    static async Task<IResult> Restore(
        Guid id,
        Input<Restoration> input,
        RetireSpeaker useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        // Whoever had the board meanwhile has its key too: it must be claimed anew.
        var withoutKey = new JsonObject
        {
            ["kid"] = null,
            ["jwk"] = null,
            ["placement"] = null,
            ["delegations"] = null,
        };
        var restored = await useCase.Run(
            id,
            SpeakerProcedure.Restore,
            new Deed(withoutKey, Seen: input.Value.Seen),
            cancel
        );
        http.Say("speakers.restored");
        return Answer.Done(http, $"/speakers/{id}", restored);
    }

    async Task<Response> Run(Guid id, string move, Deed deed, CancellationToken cancel)
    {
        var speaker =
            await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
        var actor = sight.Demand(DevicesRights.ClaimSpeakers, speaker.UnitId);
        var tree = await units.Today(cancel);
        var moved = await db.Atomically(
            async () =>
            {
                // A claimed key stays claimed, but the same board may introduce itself anew.
                await db.Enrolments.Where(e => e.SpeakerId == id).ExecuteDeleteAsync(cancel);
                return await db.Move(tree, id, move, deed, actor, clock.Moment(), cancel);
            },
            cancel
        );
        return new(id, moved.State!);
    }
}
