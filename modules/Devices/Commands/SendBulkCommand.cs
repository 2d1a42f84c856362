using System.ComponentModel.DataAnnotations;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>An officer gives one command to many speakers: stored as one order, sent at once to all who are connected.</summary>
sealed class SendBulkCommand(
    DevicesDb db,
    Sight sight,
    IConnectionRegistry connections,
    PackageShelf shelves,
    CommandDispatch dispatch,
    CommandRunner runner,
    TimeProvider clock
) : IUseCase
{
    /// <param name="Count">How many speakers he was shown when he agreed; no more than that are commanded.</param>
    public record Request(
        [MaxLength(40)] string Name,
        [Range(1, 1_000_000)] int Count,
        [Range(0, 100)] int? Level = null,
        [Range(1, 64)] int? Horn = null,
        bool? On = null,
        [Range(1, 120)] int? Minutes = null,
        [MaxLength(64)] string? Package = null,
        [MaxLength(300)] string? Server = null,
        [MaxLength(1000)] Guid[]? Ids = null,
        Guid? Unit = null,
        [MaxLength(200)] string? Q = null,
        [MaxLength(40)] string? Show = null,
        bool All = false,
        [MaxLength(64)] string? Model = null
    )
    {
        public CommandOrder Order() => CommandOrder.Of(Name, new(Level, Horn, On, Minutes, Package, Server));

        public Selection Selection() => new(Ids ?? [], Unit, Q, Show, All, Model);
    }

    public record Response(Guid Id, int Speakers, int NotConnected);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/commands", Post).RequireRight(DevicesRights.CommandSpeakers);

    static async Task<IResult> Post(
        Input<Request> input,
        SendBulkCommand useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var ordered = await useCase.Run(input.Value, cancel);
        return Answer.Created(http, $"/speakers/jobs/{ordered.Id}", ordered);
    }

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var order = request.Order();
        var reach = sight.Over(order.Entry.Right);
        if (reach.IsEmpty)
            throw new ForbiddenException(order.Entry.Right);
        var selection = request.Selection();
        var speakers = await selection.Of(db, sight.Tree, reach).Select(s => s.Id).ToListAsync(cancel);
        Refuse.If(speakers.Count > request.Count, "commands.more", speakers.Count, request.Count);
        return await Order(order, speakers, selection.Describe(sight.Tree, speakers.Count), null, cancel);
    }

    /// <summary>The order for exactly these speakers, which the caller has found to be within reach.</summary>
    public async Task<Response> Order(
        CommandOrder order,
        IReadOnlyCollection<Guid> speakers,
        string selection,
        Guid? retryOf,
        CancellationToken cancel
    )
    {
        Refuse.If(speakers.Count == 0, "commands.nobody");
        await order.CheckPackage(shelves, cancel);
        await dispatch.CheckMay(cancel);
        var actor = sight.Demand(order.Entry.Right, sight.Over(order.Entry.Right).Roots[0]);
        var (job, now) = (Guid.CreateVersion7(), clock.Moment());
        var connected = await connections.Find(speakers, cancel);
        var commands = speakers.Select(s => order.For(s, actor, now, job)).ToList();
        if (!order.Entry.CanWait)
            foreach (var command in commands.Where(c => !connected.ContainsKey(c.SpeakerId)))
                (command.Stage, command.EndedAt) = (CommandStage.NotSent, now);
        var patch = BulkCommandProcedure.Patch(order, selection, speakers, retryOf);
        await db.Atomically(
            async () =>
            {
                await db.Open(
                    BulkCommandProcedure.Definition,
                    job,
                    actor.UnitId,
                    BulkCommandProcedure.Order,
                    new Deed(patch),
                    actor,
                    now,
                    cancel
                );
                db.AddRange(commands);
            },
            cancel
        );
        runner.Ordered(job);
        return new(job, speakers.Count, speakers.Count - connected.Count);
    }
}
