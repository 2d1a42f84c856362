using Loa.Cases;
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

/// <summary>An officer takes back what of an order was not sent yet, as far as he reaches; what was sent stays sent.</summary>
sealed class CancelBulkCommand(DevicesDb db, Sight sight, BulkCommandCases jobs, BulkWriteLock lane, TimeProvider clock)
    : IUseCase
{
    public record Response(Guid Id, int TakenBack);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/jobs/{id:guid}/cancel", Post).RequireRight(DevicesRights.CommandSpeakers);

    static async Task<IResult> Post(Guid id, CancelBulkCommand useCase, HttpContext http, CancellationToken cancel)
    {
        var cancelled = await useCase.Run(id, cancel);
        http.Say("job.cancelled-now");
        return Answer.Done(http, $"/speakers/jobs/{id}", cancelled);
    }

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var job = await jobs.See(id, cancel);
        var right = BulkCommandProcedure.OrderOf(job).Entry.Right;
        var reach = sight.Over(right);
        if (reach.IsEmpty)
            throw new ForbiddenException(right);
        var now = clock.Moment();
        return await lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var waiting = db.Commands.Where(c => c.JobId == id).Where(SentCommand.IsToBeSent(now));
                        var his = await waiting.Within(db, reach).ToListAsync(cancel);
                        Refuse.If(his.Count == 0, "job.nothing-left");
                        var isAll = his.Count == await waiting.CountAsync(cancel);
                        await db.Move(
                            BulkCommandProcedure.Definition,
                            id,
                            isAll ? BulkCommandProcedure.Cancel : BulkCommandProcedure.CancelPart,
                            new Deed(),
                            sight.Demand(right, await UnitOf(his[0], cancel)),
                            now,
                            cancel
                        );
                        foreach (var command in his)
                            command.Cancel(now);
                        return new Response(id, his.Count);
                    },
                    cancel
                ),
            cancel
        );
    }

    Task<Guid> UnitOf(SentCommand command, CancellationToken cancel) =>
        db.Speakers.Where(s => s.Id == command.SpeakerId).Select(s => s.UnitId).FirstAsync(cancel);
}
