using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>An officer takes back what of an order was not sent yet; what was sent stays sent.</summary>
sealed class CancelJob(DevicesDb db, Sight sight, ShowJob show, WriteLane lane, TimeProvider clock) : IUseCase
{
    public record Response(Guid Id, int TakenBack);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/jobs/{id:guid}/cancel", Post).RequireRight(DevicesRights.CommandSpeakers);

    static async Task<IResult> Post(Guid id, CancelJob useCase, HttpContext http, CancellationToken cancel)
    {
        var cancelled = await useCase.Run(id, cancel);
        http.Say("job.cancelled-now");
        return Answer.Done(http, $"/speakers/jobs/{id}", cancelled);
    }

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var job = await show.Find(id, cancel);
        var actor = sight.Demand(ShowJob.OrderOf(job).Entry.Right, job.UnitId);
        var now = clock.Moment();
        return await lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var waiting = await db
                            .Commands.Where(c => c.JobId == id)
                            .Where(SentCommand.IsToBeSent(now))
                            .ToListAsync(cancel);
                        Refuse.If(waiting.Count == 0, "job.nothing-left");
                        await db.Move(
                            CommandJobProcedure.Definition,
                            id,
                            CommandJobProcedure.Cancel,
                            new Deed(),
                            actor,
                            now,
                            cancel
                        );
                        foreach (var command in waiting)
                            command.TakeBack(now);
                        return new Response(id, waiting.Count);
                    },
                    cancel
                ),
            cancel
        );
    }
}
