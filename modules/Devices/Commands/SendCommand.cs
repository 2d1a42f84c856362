using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>
/// An officer gives one speaker a command of the closed list. If it is away, what is still worth doing later waits for it;
/// of the rest he is told that nothing was sent.
/// </summary>
sealed class SendCommand(
    DevicesDb db,
    Sight sight,
    IUnits units,
    IConnectionRegistry connections,
    PackageShelf shelves,
    CommandDispatch dispatch,
    TimeProvider clock
) : IUseCase
{
    public record Request(
        [MaxLength(40)] string Name,
        [Range(0, 100)] int? Level = null,
        [Range(1, 64)] int? Horn = null,
        bool? On = null,
        [Range(1, 120)] int? Minutes = null,
        [MaxLength(64)] string? Package = null,
        [MaxLength(300)] string? Server = null
    )
    {
        public CommandOrder Order() => CommandOrder.Of(Name, new(Level, Horn, On, Minutes, Package, Server));
    }

    /// <param name="Waiting">The speaker is away: the command is sent when it comes, if that is before the deadline.</param>
    public record Response(Guid Id, string Name, bool Waiting, DateTimeOffset OrderedAt, DateTimeOffset Deadline);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/{id:guid}/commands", Post).RequireRight(DevicesRights.CommandSpeakers);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        SendCommand useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var sent = await useCase.Run(id, input.Value, cancel);
        http.Say(sent.Waiting ? "speakers.command-waits" : "speakers.commanded");
        // Told in place: the page stays where it was scrolled, and renews what it shows by itself.
        return http.Request.IsPartial() ? TypedResults.NoContent() : Answer.Created(http, $"/speakers/{id}", sent);
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var order = request.Order();
        var speaker =
            await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
        var actor = sight.Demand(order.Entry.Right, speaker.UnitId);
        Refuse.Unless(speaker.State == SpeakerStates.Enrolled, "speaker.not-enrolled");
        Refuse.Unless(speaker.Knows(order.Entry.Name), "command.not-built");
        Refuse.If(order.Args.Horn > speaker.Horns, "command.no-such-horn", speaker.Horns);
        await order.CheckPackage(shelves, cancel);
        var connected = (await connections.Find([id], cancel)).ContainsKey(id);
        Refuse.Unless(connected || order.Entry.CanWait, "speaker.offline");
        await dispatch.CheckMay(cancel);

        var command = order.For(id, actor, clock.Moment());
        await Store(speaker, command, actor, cancel);
        var sent = await dispatch.Send([command.Id], cancel) == 1;
        Refuse.Unless(sent || order.Entry.CanWait, "speaker.offline");
        return new(command.Id, command.Name, !sent, command.OrderedAt, command.Deadline);
    }

    async Task Store(Speaker speaker, SentCommand command, Actor actor, CancellationToken cancel)
    {
        var tree = await units.Today(cancel);
        var patch = new JsonObject
        {
            ["command"] = new JsonObject
            {
                ["id"] = command.Id.ToString(),
                ["name"] = command.Name,
                ["args"] = JsonNode.Parse(command.Args),
            },
        };
        await db.Atomically(
            async () =>
            {
                await db.Move(
                    tree,
                    speaker.Id,
                    SpeakerProcedure.Command,
                    new Deed(patch),
                    actor,
                    command.OrderedAt,
                    cancel
                );
                db.Add(command);
            },
            cancel
        );
    }
}
