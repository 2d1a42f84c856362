using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>An officer takes back a command that still waits for its speaker.</summary>
sealed class CancelCommand(DevicesDb db, Sight sight, BulkWriteLock lane, TimeProvider clock) : IUseCase
{
    public record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/speakers/{id:guid}/commands/{command:guid}/cancel", Post)
            .RequireRight(DevicesRights.CommandSpeakers);

    static async Task<IResult> Post(
        Guid id,
        Guid command,
        CancelCommand useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var taken = await useCase.Run(id, command, cancel);
        http.Say("speakers.command-taken-back");
        // Told in place: the page stays where it was scrolled, and renews what it shows by itself.
        return http.Request.IsPartial() ? TypedResults.NoContent() : Answer.Done(http, $"/speakers/{id}", taken);
    }

    public async Task<Response> Run(Guid id, Guid command, CancellationToken cancel)
    {
        var speaker =
            await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
        sight.Demand(DevicesRights.CommandSpeakers, speaker.UnitId);
        var now = clock.Moment();
        return await lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var row =
                            await db.Commands.FirstOrDefaultAsync(c => c.Id == command && c.SpeakerId == id, cancel)
                            ?? throw new MissingException("command");
                        sight.Demand(CommandCatalog.Find(row.Name)!.Right, speaker.UnitId);
                        Refuse.Unless(row.Stage == CommandStage.Waiting, "command.sent-already");
                        row.Cancel(now);
                        db.Shows(row);
                        return new Response(command);
                    },
                    cancel
                ),
            cancel
        );
    }
}
